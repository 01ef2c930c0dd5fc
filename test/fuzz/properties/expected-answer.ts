import { createHmac } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { RequestRecipe } from '../input/request-recipe.ts';
import { live } from '../input/secrets.ts';

/** What the documentation says the receiver answers, worked out apart from it. */
export interface Expected {
  readonly status: number;
  /** What the queue must then hold. */
  readonly queued?: Uint8Array;
  /** Of a CRC. */
  readonly responseToken?: string;
}

const headerOf = { oauth2: 'x-twitter-webhooks-signature-oauth2', legacy: 'x-twitter-webhooks-signature' } as const;
const tokenAlphabet = /^[A-Za-z0-9+/=_-]{1,256}$/;

const hmac = (secret: string, bytes: Uint8Array) =>
  `sha256=${createHmac('sha256', secret).update(bytes).digest('base64')}`;

export function expectedAnswer(event: APIGatewayProxyEventV2, recipe: RequestRecipe): Expected {
  const app = recipe.app ?? 'default';
  if (app !== 'default' && app !== 'shop') return { status: 404 };
  if (recipe.method === 'GET') return expectedCrc(event.rawQueryString, app, recipe);
  if (recipe.method !== 'POST') return { status: 405 };

  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  const claims = (['oauth2', 'legacy'] as const).map((scheme) => ({
    scheme,
    values: claimed(event, headerOf[scheme]),
  }));
  if (!claims.some(({ values }) => values.some((value) => /^sha256=[A-Za-z0-9+/]{43}=$/.test(value)))) {
    return { status: 401 };
  }
  if (tokenAlphabet.test(bytes.toString('latin1'))) return { status: 401 };
  if (recipe.secrets !== 'there') return { status: 503 };
  const isProven = claims.some(({ scheme, values }) =>
    live[app][scheme].some((secret) => values.includes(hmac(secret, bytes))),
  );
  if (!isProven) return { status: 401 };
  if (recipe.queue === 'refuses') return { status: 503 };
  if (recipe.queue === 'breaks') return { status: 500 };
  return { status: 200, queued: bytes };
}

function claimed({ headers }: APIGatewayProxyEventV2, name: string): readonly string[] {
  return Object.entries(headers)
    .filter(([header]) => header.toLowerCase() === name)
    .flatMap(([, value = '']) => value.split(',').map((part) => part.trim()));
}

function expectedCrc(query: string, app: 'default' | 'shop', { secrets }: RequestRecipe): Expected {
  const tokens = query
    .split('&')
    .map((pair) => /^([^=]*)=?(.*)$/s.exec(pair) ?? [])
    .filter(([, name = '']) => decoded(name) === 'crc_token')
    .map(([, , value = '']) => decoded(value));
  const [token] = tokens;
  if (tokens.length !== 1 || token === undefined || !tokenAlphabet.test(token)) return { status: 400 };
  if (secrets !== 'there') return { status: 503 };
  const key = live[app].oauth2[0] ?? live[app].legacy[0];
  return { status: 200, responseToken: hmac(key, Buffer.from(token)) };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

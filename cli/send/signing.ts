import { GaplessError } from '../../shared/errors.ts';
import type { Clock, SignatureScheme } from '../../shared/ports.ts';
import { type AppSecrets, liveValues } from '../../shared/x/app-secrets.ts';
import { sign, signatureHeaders } from '../../shared/x/signature.ts';

/** The scheme that was chosen and a secret for it. */
export interface SigningKey {
  readonly scheme: SignatureScheme;
  readonly secret: string;
}

/** OAuth 2.0 first, as X does where an app has a client secret. */
const schemes: readonly SignatureScheme[] = ['oauth2', 'legacy'];
const variables = { oauth2: 'X_CLIENT_SECRET', legacy: 'X_CONSUMER_SECRET' } as const;

/** Throws `USAGE`. */
export function parseScheme(text: string): SignatureScheme {
  const scheme = schemes.find((name) => name === text);
  if (scheme === undefined)
    throw new GaplessError('USAGE', `--scheme ${JSON.stringify(text)} is neither oauth2 nor legacy`);
  return scheme;
}

export function keyFromSecrets(secrets: AppSecrets, clock: Clock, scheme?: SignatureScheme): SigningKey | undefined {
  const entries = { oauth2: secrets.clientSecrets, legacy: secrets.consumerSecrets };
  return firstKey((name) => liveValues(entries[name], clock.now())[0], scheme);
}

export function keyFromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  scheme?: SignatureScheme,
): SigningKey | undefined {
  return firstKey((name) => env[variables[name]] || undefined, scheme);
}

/** The headers of a POST as X would send it. */
export function signedHeaders({ scheme, secret }: SigningKey, body: Uint8Array): Readonly<Record<string, string>> {
  return { 'content-type': 'application/json', [signatureHeaders[scheme]]: sign(secret, body) };
}

function firstKey(
  secretOf: (scheme: SignatureScheme) => string | undefined,
  wanted?: SignatureScheme,
): SigningKey | undefined {
  for (const scheme of wanted === undefined ? schemes : [wanted]) {
    const secret = secretOf(scheme);
    if (secret !== undefined) return { scheme, secret };
  }
  return undefined;
}

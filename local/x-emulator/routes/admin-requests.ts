import { member } from '../../../shared/domain/json.ts';
import type { SignatureScheme } from '../../../shared/ports.ts';
import type { Emission } from '../delivery/emit.ts';
import { knownKinds } from '../traffic/outlets.ts';
import { isOfFamily, type TrafficOptions } from '../traffic/traffic.ts';
import { AdminRequestError, flagIn, listIn, numberIn, textIn } from './admin-fields.ts';

/** Without `webhookId`: to the first webhook, or with `streamOnly` to the activity stream alone. */
export type AdminEmission = Emission & { readonly streamOnly: boolean };

function schemeOf(value: unknown): SignatureScheme {
  if (value === 'oauth2' || value === 'legacy') return value;
  throw new AdminRequestError('schemes: a list of oauth2, legacy expected');
}

function kindOf(value: unknown): string {
  if (typeof value === 'string' && knownKinds.some((kind) => isOfFamily(kind, value))) return value;
  throw new AdminRequestError(`kinds: each must be, or begin, one of ${knownKinds.join(', ')}`);
}

function bodyIn(body: unknown): string | Uint8Array {
  const encoded = textIn(body, 'bodyBase64');
  const text = textIn(body, 'body');
  if ((encoded === undefined) === (text === undefined)) {
    throw new AdminRequestError('body: either body (a string, sent as it is) or bodyBase64 expected');
  }
  return encoded === undefined ? (text ?? '') : Buffer.from(encoded, 'base64');
}

/** Throws `AdminRequestError`. */
export function parseEmission(body: unknown): AdminEmission {
  return {
    body: bodyIn(body),
    webhookId: textIn(body, 'webhookId'),
    schemes: listIn(body, 'schemes', schemeOf),
    times: numberIn(body, 'times', 1, 10_000),
    delayMs: numberIn(body, 'delayMs', 0, Number.MAX_SAFE_INTEGER),
    retry: flagIn(body, 'retry'),
    streamOnly: flagIn(body, 'streamOnly') ?? false,
  };
}

/** `stop`: no more traffic. Throws `AdminRequestError`. */
export function parseTraffic(body: unknown): TrafficOptions | 'stop' {
  if (member(body, 'stop') === true) return 'stop';
  return {
    rate: numberIn(body, 'rate', 0.001, 10_000),
    kinds: listIn(body, 'kinds', kindOf),
    steady: flagIn(body, 'steady'),
    legacyLines: flagIn(body, 'legacyLines'),
    duplicateShare: numberIn(body, 'duplicateShare', 0, 1),
    disorder: numberIn(body, 'disorder', 0, 1),
  };
}

import { sign } from './signature.ts';

/**
 * CRC and POST are signed alike, so an answered token is a signature that anyone can obtain. No JSON text fits this
 * alphabet; genuine tokens are 48 characters of base64.
 */
const tokenPattern = /^[A-Za-z0-9+/=_-]{1,256}$/;
const maxTokenLength = 256;

export type CrcToken =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'bad-token'; readonly reason: 'missing' | 'repeated' | 'outside-alphabet' };

/** Percent-decoding only: a `+` in a query string means itself here, as tokens are base64. `undefined`: a malformed escape. */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** What a raw query string holds under a name, still percent-encoded. */
function valuesOf(rawQueryString: string, wanted: string): readonly string[] {
  return rawQueryString
    .split('&')
    .map((pair) => {
      const end = pair.indexOf('=');
      return end < 0 ? { name: pair, value: '' } : { name: pair.slice(0, end), value: pair.slice(end + 1) };
    })
    .filter(({ name }) => decode(name) === wanted)
    .map(({ value }) => value);
}

/** Finds `crc_token` in a raw query string, among whatever else X sends (a `nonce`, say). */
export function readCrcToken(rawQueryString: string): CrcToken {
  const [value, ...others] = valuesOf(rawQueryString, 'crc_token');
  if (value === undefined) return { kind: 'bad-token', reason: 'missing' };
  if (others.length > 0) return { kind: 'bad-token', reason: 'repeated' };
  const token = decode(value);
  if (token === undefined || !tokenPattern.test(token)) return { kind: 'bad-token', reason: 'outside-alphabet' };
  return { kind: 'token', token };
}

/**
 * What X signs in the headers of a CRC (legacy enterprise guide; the v2 pages do not say). `undefined` without a nonce:
 * the `&` before it is outside a token's alphabet, so that no answer to a CRC can be this text's signature.
 */
export function crcSignedText(token: string, rawQueryString: string): string | undefined {
  const [nonce] = valuesOf(rawQueryString, 'nonce');
  return nonce === undefined ? undefined : `crc_token=${token}&nonce=${decode(nonce) ?? nonce}`;
}

/** The `response_token` that X expects. The key: an app's OAuth 2.0 client secret where it has one, else its consumer secret. */
export function crcResponseToken(token: string, key: string): string {
  return sign(key, Buffer.from(token));
}

/** Whether anyone could obtain the signature of these bytes by sending them as a CRC token. */
export function couldBeCrcToken(bytes: Uint8Array): boolean {
  return bytes.length <= maxTokenLength && tokenPattern.test(Buffer.from(bytes).toString('latin1'));
}

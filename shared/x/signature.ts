import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SignatureScheme } from '../ports.ts';

/** The headers in which X signs a POST, in lower case. X may send either or both. */
export const signatureHeaders = {
  oauth2: 'x-twitter-webhooks-signature-oauth2',
  legacy: 'x-twitter-webhooks-signature',
} as const satisfies Record<SignatureScheme, string>;

/** The values of those headers, where they were sent. */
export type SignatureClaims = Readonly<Partial<Record<SignatureScheme, string>>>;

/** SHA-256 gives 32 bytes: 43 characters of base64 and one of padding. */
const signaturePattern = /^sha256=([A-Za-z0-9+/]{43}=)$/;

function digest(secret: string, bytes: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(bytes).digest();
}

/** What X puts into a signature header and expects from a CRC: `sha256=` and the base64 of the HMAC-SHA256 (docs.x.com, webhooks quickstart). */
export function sign(secret: string, bytes: Uint8Array): string {
  return `sha256=${digest(secret, bytes).toString('base64')}`;
}

/**
 * The digests that a signature header claims; empty when none is well-formed. A header that was sent twice
 * arrives from API Gateway as one value joined by commas.
 */
export function readSignatures(header: string): readonly Uint8Array[] {
  return header
    .split(',')
    .map((part) => signaturePattern.exec(part.trim())?.[1])
    .filter((encoded) => encoded !== undefined)
    .map((encoded) => Buffer.from(encoded, 'base64'));
}

/** Whether one of the claimed digests is that of the bytes under one of the secrets. Constant time per comparison. */
export function verify(claimed: readonly Uint8Array[], bytes: Uint8Array, secrets: readonly string[]): boolean {
  if (claimed.length === 0) return false;
  return secrets.some((secret) => {
    const expected = digest(secret, bytes);
    return claimed.some((one) => one.length === expected.length && timingSafeEqual(one, expected));
  });
}

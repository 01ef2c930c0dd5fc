import type { SignatureScheme } from '../../../shared/ports.ts';
import { sign, signatureHeaders } from '../../../shared/x/signature.ts';

/** The secrets of the emulated app. */
export interface XAppSecrets {
  readonly consumerSecret: string;
  /** OAuth 2.0 client secret; not every app has one. */
  readonly clientSecret?: string | undefined;
}

/** The schemes that the app has a secret for. X sends either or both. */
export function schemesOf(secrets: XAppSecrets): readonly SignatureScheme[] {
  return secrets.clientSecret === undefined ? ['legacy'] : ['legacy', 'oauth2'];
}

/** One header per scheme. A scheme that the app has no secret for gives none. */
export function signedHeaders(
  secrets: XAppSecrets,
  schemes: readonly SignatureScheme[],
  bytes: Uint8Array,
): Readonly<Record<string, string>> {
  const secretOf = { legacy: secrets.consumerSecret, oauth2: secrets.clientSecret };
  return Object.fromEntries(
    schemes.flatMap((scheme) => {
      const secret = secretOf[scheme];
      return secret === undefined ? [] : [[signatureHeaders[scheme], sign(secret, bytes)]];
    }),
  );
}

/** X wants the CRC answered with the client secret when the app has one (docs.x.com, autumn 2026). */
export function crcSecretOf(secrets: XAppSecrets): string {
  return secrets.clientSecret ?? secrets.consumerSecret;
}

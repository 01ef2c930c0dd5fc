import { createHash, randomBytes } from 'node:crypto';

/** What proves at the token endpoint that the authorization was asked for here (RFC 7636, S256). */
export interface Pkce {
  readonly verifier: string;
  readonly challenge: string;
}

/** 43 characters. The SDK's own makes 171 of them, where RFC 7636 allows 128. */
export function createPkce(bytes: Uint8Array = randomBytes(32)): Pkce {
  const verifier = Buffer.from(bytes).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** Ties the callback to the login that caused it. */
export function createState(): string {
  return randomBytes(24).toString('base64url');
}

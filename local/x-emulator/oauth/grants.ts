import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../../../shared/ports.ts';

/** docs.x.com, OAuth 2.0: a code is good for 30 s, an access token for two hours. */
const codeMs = 30_000;
export const accessTokenSeconds = 7_200;

/** What an account allowed on the page. */
export interface Consent {
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly challenge: string;
}

export interface Issued {
  readonly accessToken: string;
  /** Only with `offline.access`. */
  readonly refreshToken?: string;
  readonly scopes: readonly string[];
}

export interface Holder {
  readonly userId: string;
  readonly scopes: readonly string[];
}

/** The codes and tokens of OAuth 2.0 that were given out. Everything is good once: a refresh token is replaced when it is used. */
export interface Grants {
  allow(consent: Consent): string;
  /** `undefined`: unknown, used, too old, or not proven by the verifier. */
  exchange(code: string, redirectUri: string, verifier: string): Issued | undefined;
  refresh(refreshToken: string): Issued | undefined;
  revoke(token: string): void;
  /** Whose the access token is, while it is good. */
  holderOf(accessToken: string): Holder | undefined;
}

interface Grant extends Holder {
  readonly expiresAt: number;
  readonly refreshToken?: string;
}

export function createGrants(clock: Clock): Grants {
  const codes = new Map<string, Consent & { readonly madeAt: number }>();
  const byAccessToken = new Map<string, Grant>();

  const issue = ({ userId, scopes }: Holder): Issued => {
    const accessToken = `access-${randomUUID()}`;
    const refresh = scopes.includes('offline.access') ? { refreshToken: `refresh-${randomUUID()}` } : {};
    byAccessToken.set(accessToken, {
      userId,
      scopes,
      expiresAt: clock.now() + accessTokenSeconds * 1000,
      ...refresh,
    });
    return { accessToken, ...refresh, scopes };
  };
  /** Takes out the grant that the token belongs to. */
  const take = (token: string) => {
    const found = [...byAccessToken].find(([access, { refreshToken }]) => access === token || refreshToken === token);
    if (found) byAccessToken.delete(found[0]);
    return found?.[1];
  };

  return {
    allow(consent) {
      const code = `code-${randomUUID()}`;
      codes.set(code, { ...consent, madeAt: clock.now() });
      return code;
    },
    exchange(code, redirectUri, verifier) {
      const consent = codes.get(code);
      codes.delete(code);
      if (consent === undefined || clock.now() - consent.madeAt > codeMs) return undefined;
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      if (consent.redirectUri !== redirectUri || consent.challenge !== challenge) return undefined;
      return issue(consent);
    },
    refresh(refreshToken) {
      if (!refreshToken.startsWith('refresh-')) return undefined;
      const grant = take(refreshToken);
      return grant && issue(grant);
    },
    revoke: (token) => void take(token),
    holderOf(accessToken) {
      const grant = byAccessToken.get(accessToken);
      return grant && clock.now() < grant.expiresAt ? grant : undefined;
    },
  };
}

import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../ports.ts';
import type { ApiTokenStore, OAuth2UserToken, UserToken } from '../x/api-tokens.ts';
import type { OAuthOutcome } from '../x/oauth/form.ts';

/** `login-needed`: nothing but the account's consent helps. `unavailable`: try again later. */
export type FreshToken =
  | { readonly kind: 'fresh'; readonly token: UserToken }
  | { readonly kind: 'login-needed'; readonly why: string }
  | { readonly kind: 'unavailable'; readonly why: string };

/**
 * Who may spend a refresh token. X takes one once, so the claim comes before the call; it is on the token itself, so that
 * somebody who still reads the tokens of a moment ago cannot spend what was spent.
 */
export interface RefreshClaims {
  /** False while somebody else has it, or when it is spent. A claim whose owner died ends by itself. */
  claim(userId: string, fingerprint: string): Promise<boolean>;
  markSpent(userId: string, fingerprint: string): Promise<void>;
  release(userId: string, fingerprint: string): Promise<void>;
}

export interface FreshUserTokenDeps {
  /** The stack's clock. */
  readonly clock: Clock;
  readonly tokens: ApiTokenStore;
  readonly claims: RefreshClaims;
  refresh(refreshToken: string): Promise<OAuthOutcome<OAuth2UserToken>>;
  /** Between two looks at what another is refreshing. Real time; default 250 ms. */
  readonly pauseMs?: number;
}

/** An access token must outlive the call that it is for, and clocks differ. */
const marginMs = 2 * 60_000;
const mostLooks = 120;
const mostWrites = 5;

/** A token of the account that X takes now. However many ask at once, on however many machines, one refresh token is spent. */
export async function freshUserToken(deps: FreshUserTokenDeps, userId: string): Promise<FreshToken> {
  for (let look = 0; look < mostLooks; look += 1) {
    const token = (await deps.tokens.read()).users[userId];
    if (token === undefined) return { kind: 'login-needed', why: 'it never logged in, or its login was revoked' };
    if (token.scheme === 'oauth1' || isGood(token, deps.clock.now())) return { kind: 'fresh', token };
    const { refreshToken } = token;
    if (refreshToken === undefined) return { kind: 'login-needed', why: 'its login has expired' };
    const fingerprint = createHash('sha256').update(refreshToken).digest('hex').slice(0, 32);
    if (await deps.claims.claim(userId, fingerprint)) return spend(deps, userId, token, refreshToken, fingerprint);
    await sleep(deps.pauseMs ?? 250);
  }
  return { kind: 'unavailable', why: 'another process is renewing its login and does not come to an end' };
}

const isGood = ({ expiresAt }: OAuth2UserToken, nowMs: number) =>
  expiresAt === undefined || nowMs < expiresAt - marginMs;

async function spend(
  deps: FreshUserTokenDeps,
  userId: string,
  old: OAuth2UserToken,
  refreshToken: string,
  fingerprint: string,
): Promise<FreshToken> {
  const outcome = await deps.refresh(refreshToken);
  if (!outcome.ok) {
    const { status, detail } = outcome.failure;
    if (status === 400 || status === 401) {
      await deps.claims.markSpent(userId, fingerprint);
      return { kind: 'login-needed', why: `X does not renew its login (${detail})` };
    }
    // X may have spent it all the same. Then the next attempt hears so; before that nobody could know.
    await deps.claims.release(userId, fingerprint);
    return { kind: 'unavailable', why: `X did not renew its login (${detail})` };
  }
  const { scopes } = outcome.value;
  const token = { ...old, ...outcome.value, scopes: scopes.length > 0 ? scopes : old.scopes };
  await store(deps, userId, refreshToken, token);
  await deps.claims.markSpent(userId, fingerprint);
  return { kind: 'fresh', token };
}

/** The only copy is in memory: what stands against storing it is tried to outlast. A login that came in between stays. */
async function store(deps: FreshUserTokenDeps, userId: string, spent: string, token: OAuth2UserToken): Promise<void> {
  for (let write = 1; ; write += 1) {
    try {
      await deps.tokens.change((tokens) => {
        const now = tokens.users[userId];
        const isOurs = now?.scheme === 'oauth2' && now.refreshToken === spent;
        return isOurs ? { ...tokens, users: { ...tokens.users, [userId]: token } } : tokens;
      });
      return;
    } catch (error) {
      if (write >= mostWrites) throw error;
      await sleep(deps.pauseMs ?? 250);
    }
  }
}

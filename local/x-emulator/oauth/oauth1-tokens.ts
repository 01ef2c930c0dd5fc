import { randomUUID } from 'node:crypto';

export interface OAuth1Token {
  readonly token: string;
  readonly tokenSecret: string;
}

/** Access tokens of OAuth 1.0a. They have no end but the one they are given. */
export interface OAuth1Tokens {
  /** Begins with the user's id, as X's do. */
  issue(userId: string): OAuth1Token;
  /** `undefined`: the token was made up by a test, and its signature cannot be checked. */
  secretOf(token: string): string | undefined;
  end(token: string): void;
  isEnded(token: string): boolean;
}

export function createOAuth1Tokens(): OAuth1Tokens {
  const secrets = new Map<string, string>();
  const ended = new Set<string>();
  return {
    issue(userId) {
      const [token, tokenSecret] = [`${userId}-${randomUUID()}`, randomUUID()];
      secrets.set(token, tokenSecret);
      return { token, tokenSecret };
    },
    secretOf: (token) => secrets.get(token),
    end: (token) => void ended.add(token),
    isEnded: (token) => ended.has(token),
  };
}

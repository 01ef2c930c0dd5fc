import type { UserToken } from '../../shared/x/api-tokens.ts';
import { foldWords } from '../output/fold-words.ts';

/** What may be shown of a login: never a token. */
export interface UserListing {
  readonly userId: string;
  readonly scheme: UserToken['scheme'];
  readonly scopes?: readonly string[];
  /** Of the access token. Absent: it has no end. */
  readonly expiresAt?: string;
  /** Whether it is renewed without the account. */
  readonly renewable?: boolean;
}

export function listUser(userId: string, token: UserToken): UserListing {
  if (token.scheme === 'oauth1') return { userId, scheme: 'oauth1' };
  const { scopes, expiresAt, refreshToken } = token;
  return {
    userId,
    scheme: 'oauth2',
    scopes,
    ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
    renewable: refreshToken !== undefined,
  };
}

const width = 100;

/** One login for people: a line, and more where the scopes do not fit beside the rest. */
export function userLines({ userId, scheme, scopes, expiresAt, renewable }: UserListing): readonly string[] {
  const end = scheme === 'oauth2' && renewable ? 'renewed when needed' : endText(expiresAt);
  const head = `${userId}  ${scheme}  ${end}`;
  const indent = head.length + 2;
  const [first, ...rest] = foldWords(scopes ?? [], width - indent);
  if (first === undefined) return [head];
  return [`${head}  ${first}`, ...rest.map((line) => `${' '.repeat(indent)}${line}`)];
}

const endText = (expiresAt: string | undefined) => (expiresAt === undefined ? 'no end' : `until ${expiresAt}`);

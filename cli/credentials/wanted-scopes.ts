import { authFor, scopesByAccount } from '../../shared/domain/subscriptions/auth.ts';
import { subscribableTypes } from '../../shared/domain/subscriptions/subscribable-types.ts';
import type { Terminal } from '../framework/terminal.ts';
import { findDefaultFile, readSubscriptionsFile } from '../subscriptions/read-file.ts';

/** Every login: whose it is (`GET /2/users/me` asks for both), and a refresh token. */
const always = ['offline.access', 'tweet.read', 'users.read'];

/**
 * The OAuth 2.0 scopes to ask an account for: what its subscriptions of the file need; those of all accounts where it is
 * not said which one logs in; what any activity needs where there is no file. Throws as `readSubscriptionsFile`.
 */
export async function wantedScopes(
  file: string | undefined,
  whose: { readonly app: string; readonly account: string | undefined },
  terminal: Terminal,
): Promise<readonly string[]> {
  const found = file ?? (await findDefaultFile(terminal.directory));
  const needed = found === undefined ? anyActivity() : await neededBy(found, whose, terminal);
  return loginScopes(needed);
}

/** Those that are needed and those of every login, in the order of the alphabet. */
export const loginScopes = (needed: readonly string[]): readonly string[] =>
  [...new Set([...always, ...needed])].toSorted();

async function neededBy(
  file: string,
  { app, account }: { readonly app: string; readonly account: string | undefined },
  terminal: Terminal,
): Promise<readonly string[]> {
  const byAccount = scopesByAccount((await readSubscriptionsFile(file, terminal)).get(app) ?? []);
  return account === undefined ? [...byAccount.values()].flat() : (byAccount.get(account) ?? []);
}

function anyActivity(): readonly string[] {
  const auths = subscribableTypes.map((type) => authFor({ product: 'xaa', type, filter: { userId: 'any' } }));
  return auths.flatMap((auth) => (auth.kind === 'account' ? auth.scopes : []));
}

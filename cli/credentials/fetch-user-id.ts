import { GaplessError } from '../../shared/errors.ts';
import type { AppKeys, UserToken } from '../../shared/x/api-tokens.ts';
import { plainText } from '../output/plain-text.ts';

const timeoutMs = 15_000;

/** `GET /2/users/me`: whose the token is. Throws `X_REFUSED`. */
export async function fetchUserId(baseUrl: string, user: UserToken, keys: AppKeys): Promise<string> {
  // Loaded only now: X's SDK is large.
  const [{ createUserClient }, { ask }] = await Promise.all([
    import('../../shared/x/api/user-client.ts'),
    import('../../shared/x/api/client.ts'),
  ]);
  const answer = await ask(() => createUserClient({ baseUrl, user, keys, timeoutMs }).users.getMe());
  const id = answer.ok ? answer.value.data?.id : undefined;
  if (typeof id === 'string') return id;
  const why = answer.ok ? 'its answer has no id' : plainText(answer.failure.detail);
  throw new GaplessError('X_REFUSED', `X did not say whose login it was (${why}); nothing was stored. Run it again.`);
}

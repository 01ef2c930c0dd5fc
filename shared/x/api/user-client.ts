import { Client, OAuth1 } from '@xdevplatform/xdk';
import type { AppKeys, UserToken } from '../api-tokens.ts';

export interface UserClientOptions {
  readonly baseUrl: string;
  readonly user: UserToken;
  /** OAuth 1.0a signs with the app's consumer key and secret too. */
  readonly keys: AppKeys;
  readonly timeoutMs: number;
}

/** X's own SDK on behalf of one account. Its calls are not tried again: some are not idempotent. */
export function createUserClient({ baseUrl, user, keys, timeoutMs }: UserClientOptions): Client {
  const settings = { baseUrl, timeout: timeoutMs, retry: false };
  if (user.scheme === 'oauth2') return new Client({ ...settings, accessToken: user.accessToken });
  const oauth1 = new OAuth1({
    apiKey: keys.consumerKey ?? '',
    apiSecret: keys.consumerSecret ?? '',
    // Of the login only.
    callback: '',
    accessToken: user.token,
    accessTokenSecret: user.tokenSecret,
  });
  return new Client({ ...settings, oauth1 });
}

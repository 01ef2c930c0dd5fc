import { basic, incomplete, type OAuthOutcome, postForm } from './form.ts';

export interface ConsumerKeys {
  readonly consumerKey: string;
  readonly consumerSecret: string;
}

/** `POST /oauth2/token`: the app's bearer token. Asking again gives the same one (docs.x.com, application-only). */
export async function fetchBearerToken(
  baseUrl: string,
  { consumerKey, consumerSecret }: ConsumerKeys,
  timeoutMs: number,
): Promise<OAuthOutcome<string>> {
  const answer = await postForm({
    url: `${baseUrl}/oauth2/token`,
    authorization: basic(consumerKey, consumerSecret),
    fields: { grant_type: 'client_credentials' },
    timeoutMs,
  });
  if (!answer.ok) return answer;
  const token = answer.value.access_token;
  return typeof token === 'string' && token !== '' ? { ok: true, value: token } : incomplete('access_token');
}

import { randomUUID } from 'node:crypto';
import { oauth1Signature } from '../../../shared/x/oauth/oauth1-signature.ts';
import type { XAppSecrets } from '../delivery/signer.ts';
import { type Answer, endedToken, ok, unauthorized } from '../http/answers.ts';
import { openRoute, type Route, type XRequest } from '../http/route.ts';
import { backTo, callbackFault, consentPage, consentRefused } from './consent-page.ts';
import type { OAuth1Tokens } from './oauth1-tokens.ts';

const invalidatePath = '/1.1/oauth/invalidate_token.json';

interface Login {
  readonly callback: string;
  readonly tokenSecret: string;
  /** Once the account allowed it. */
  readonly consent?: { readonly userId: string; readonly verifier: string };
}

const form = (fields: Readonly<Record<string, string>>): Answer => ({
  status: 200,
  body: new URLSearchParams(fields).toString(),
  contentType: 'application/x-www-form-urlencoded',
});

/** The parameters of an `Authorization: OAuth` header. */
function readHeader(authorization: string | undefined): Readonly<Record<string, string>> {
  const pairs = (authorization ?? '').matchAll(/(oauth_\w+)="([^"]*)"/g);
  return Object.fromEntries([...pairs].map(([, name = '', value = '']) => [name, decodeURIComponent(value)]));
}

/** The three legs of OAuth 1.0a and the end of its tokens (docs.x.com, 3-legged OAuth flow; POST oauth/invalidate_token). Here, unlike elsewhere, signatures are checked. */
export function oauth1Routes({ consumerSecret }: XAppSecrets, tokens: OAuth1Tokens): readonly Route[] {
  const logins = new Map<string, Login>();

  /** The header's parameters if the signature holds. `path` is signed with the address that the caller used. */
  const signed = ({ authorization, host }: XRequest, path: string, tokenSecret?: string) => {
    const { oauth_signature, ...oauth } = readHeader(authorization);
    const credentials = { consumerKey: '', consumerSecret, ...(tokenSecret === undefined ? {} : { tokenSecret }) };
    const expected = oauth1Signature({ method: 'POST', url: `http://${host}${path}` }, oauth, credentials);
    return oauth_signature === expected ? oauth : undefined;
  };

  return [
    openRoute('POST /oauth/request_token', (request) => {
      const oauth = signed(request, '/oauth/request_token');
      if (oauth === undefined) return unauthorized;
      const callback = oauth.oauth_callback ?? '';
      if (callbackFault(callback) !== undefined) {
        return { ...unauthorized, status: 403 };
      }
      const [token, tokenSecret] = [`request-${randomUUID()}`, randomUUID()];
      logins.set(token, { callback, tokenSecret });
      return form({ oauth_token: token, oauth_token_secret: tokenSecret, oauth_callback_confirmed: 'true' });
    }),

    openRoute('GET /oauth/authorize', ({ query }) => {
      const token = query.get('oauth_token') ?? '';
      if (!logins.has(token)) return consentRefused('There is no request token for this page.');
      return consentPage('/oauth/authorize', 'your account', { oauth_token: token });
    }),

    openRoute('POST /oauth/authorize', ({ text }) => {
      const given = new URLSearchParams(text);
      const token = given.get('oauth_token') ?? '';
      const login = logins.get(token);
      if (login === undefined) return consentRefused('There is no request token for this page.');
      if (given.get('decision') !== 'allow') return backTo(login.callback, { denied: token });
      const verifier = randomUUID();
      logins.set(token, { ...login, consent: { userId: given.get('user_id') ?? '', verifier } });
      return backTo(login.callback, { oauth_token: token, oauth_verifier: verifier });
    }),

    openRoute('POST /oauth/access_token', (request) => {
      const token = readHeader(request.authorization).oauth_token ?? '';
      const login = logins.get(token);
      const oauth = login && signed(request, '/oauth/access_token', login.tokenSecret);
      const consent = login?.consent;
      if (consent === undefined || oauth?.oauth_verifier !== consent.verifier) return unauthorized;
      logins.delete(token);
      const access = tokens.issue(consent.userId);
      return form({
        oauth_token: access.token,
        oauth_token_secret: access.tokenSecret,
        user_id: consent.userId,
        screen_name: `user_${consent.userId}`,
      });
    }),

    openRoute(`POST ${invalidatePath}`, (request) => {
      const token = readHeader(request.authorization).oauth_token ?? '';
      if (tokens.isEnded(token)) return endedToken;
      if (signed(request, invalidatePath, tokens.secretOf(token)) === undefined) return unauthorized;
      tokens.end(token);
      return ok({ access_token: token });
    }),
  ];
}

import type { XAppSecrets } from '../delivery/signer.ts';
import { type Answer, ok } from '../http/answers.ts';
import { openRoute, type Route, userRoute } from '../http/route.ts';
import { isConsumer, isOAuth2Client } from './client-authentication.ts';
import { backTo, callbackFault, consentPage, consentRefused } from './consent-page.ts';
import { accessTokenSeconds, type Grants, type Issued } from './grants.ts';

interface OAuth2Deps {
  readonly grants: Grants;
  readonly secrets: XAppSecrets;
  readonly bearerToken: string;
}

const authorizePath = '/i/oauth2/authorize';
const json = (status: number, body: unknown): Answer => ({ status, body, contentType: 'application/json' });
const wrongClient = json(401, {
  error: 'unauthorized_client',
  error_description: 'Missing valid authorization header',
});
const invalidToken = json(400, {
  error: 'invalid_request',
  error_description: 'Value passed for the token was invalid.',
});

/** Why the page cannot be shown. */
function requestFault(query: URLSearchParams): string | undefined {
  if (query.get('response_type') !== 'code') return 'response_type must be code.';
  if (!query.get('client_id') || !query.get('scope') || !query.get('state')) return 'A parameter is missing.';
  if (query.get('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(query.get('code_challenge') ?? ''))
    return 'code_challenge must be by S256.';
  return callbackFault(query.get('redirect_uri') ?? '');
}

function tokenAnswer({ accessToken, refreshToken, scopes }: Issued): Answer {
  return ok({
    token_type: 'bearer',
    expires_in: accessTokenSeconds,
    access_token: accessToken,
    scope: scopes.join(' '),
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
  });
}

/** OAuth 2.0: the app's bearer token, and the authorization code flow with PKCE (docs.x.com authentication). */
export function oauth2Routes({ grants, secrets, bearerToken }: OAuth2Deps): readonly Route[] {
  return [
    openRoute('POST /oauth2/token', ({ authorization }) =>
      isConsumer(authorization, secrets)
        ? ok({ token_type: 'bearer', access_token: bearerToken })
        : json(403, { errors: [{ code: 99, message: 'Unable to verify your credentials' }] }),
    ),

    openRoute(`GET ${authorizePath}`, ({ query }) => {
      const fault = requestFault(query);
      return fault === undefined
        ? consentPage(authorizePath, query.get('scope') ?? '', Object.fromEntries(query))
        : consentRefused(fault);
    }),

    openRoute(`POST ${authorizePath}`, ({ text }) => {
      const form = new URLSearchParams(text);
      const fault = requestFault(form);
      if (fault !== undefined) return consentRefused(fault);
      const redirectUri = form.get('redirect_uri') ?? '';
      const state = form.get('state') ?? '';
      if (form.get('decision') !== 'allow') return backTo(redirectUri, { error: 'access_denied', state });
      const code = grants.allow({
        userId: form.get('user_id') ?? '',
        scopes: (form.get('scope') ?? '').split(' '),
        redirectUri,
        challenge: form.get('code_challenge') ?? '',
      });
      return backTo(redirectUri, { code, state });
    }),

    openRoute('POST /2/oauth2/token', ({ text, authorization }) => {
      const form = new URLSearchParams(text);
      if (!isOAuth2Client(authorization, form, secrets)) return wrongClient;
      const given = (name: string) => form.get(name) ?? '';
      const issued =
        given('grant_type') === 'refresh_token'
          ? grants.refresh(given('refresh_token'))
          : grants.exchange(given('code'), given('redirect_uri'), given('code_verifier'));
      return issued === undefined ? invalidToken : tokenAnswer(issued);
    }),

    openRoute('POST /2/oauth2/revoke', ({ text, authorization }) => {
      const form = new URLSearchParams(text);
      if (!isOAuth2Client(authorization, form, secrets)) return wrongClient;
      grants.revoke(form.get('token') ?? '');
      return ok({ revoked: true });
    }),

    userRoute('GET /2/users/me', ['tweet.read', 'users.read'], ({ caller }) =>
      ok({ data: { id: caller.userId, name: 'Made up', username: `user_${caller.userId}` } }),
    ),
  ];
}

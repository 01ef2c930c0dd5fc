import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fetchBearerToken } from '../../../../shared/x/oauth/app-bearer.ts';
import { checkClientSecret, exchangeCode, refreshToken, revokeToken } from '../../../../shared/x/oauth/oauth2.ts';
import { clientSecret, consumerSecret, startX } from '../emulated-x.ts';
import { challenge, consentTo, redirectUri, verifier } from './consent.ts';

const nowMs = Date.UTC(2026, 10, 21, 12);
const at = (baseUrl: string, secret = clientSecret) => ({
  baseUrl,
  clientId: 'client',
  clientSecret: secret,
  timeoutMs: 5_000,
});

describe('X’s OAuth 2.0', () => {
  test('gives the app its bearer token for key and secret, and for no other secret', async (t) => {
    const { x } = await startX(t);

    const right = await fetchBearerToken(x.url, { consumerKey: 'key', consumerSecret }, 5_000);
    const wrong = await fetchBearerToken(x.url, { consumerKey: 'key', consumerSecret: 'wrong' }, 5_000);

    assert.deepEqual(right, { ok: true, value: 'test-bearer' });
    assert.deepEqual(wrong, { ok: false, failure: { status: 403, detail: 'Unable to verify your credentials' } });
  });

  test('turns a consent into a token for the account, refreshes it once and revokes it', async (t) => {
    const { x, api } = await startX(t);
    const { code } = await consentTo(x.url, '77', 'tweet.read users.read offline.access');

    const token = await exchangeCode(at(x.url), { code, redirectUri, verifier }, nowMs);

    assert.ok(token.ok);
    assert.deepEqual(token.value.scopes, ['tweet.read', 'users.read', 'offline.access']);
    assert.equal(token.value.expiresAt, nowMs + 7_200_000);
    const me = (accessToken: string) => api('GET /2/users/me', undefined, `Bearer ${accessToken}`);
    assert.deepEqual((await me(token.value.accessToken)).body, {
      data: { id: '77', name: 'Made up', username: 'user_77' },
    });

    const first = token.value.refreshToken ?? '';
    const next = await refreshToken(at(x.url), first, nowMs);
    assert.ok(next.ok);
    assert.notEqual(next.value.refreshToken, first);
    const again = await refreshToken(at(x.url), first, nowMs);
    assert.deepEqual(again, {
      ok: false,
      failure: { status: 400, detail: 'invalid_request: Value passed for the token was invalid.' },
    });

    await revokeToken(at(x.url), next.value.refreshToken ?? '');
    assert.equal((await me(next.value.accessToken)).status, 401);
  });

  for (const [name, change, advanceMs] of [
    ['with another verifier', { verifier: 'v'.repeat(43) }, 0],
    ['for another callback', { redirectUri: 'http://127.0.0.1:2/callback' }, 0],
    ['after more than 30 s', {}, 30_001],
  ] as const) {
    test(`gives nothing for a code ${name}, nor for the same code afterwards`, async (t) => {
      const { x, clock } = await startX(t);
      const { code } = await consentTo(x.url, '77', 'tweet.read');
      clock.advance(advanceMs);

      const answers = [
        await exchangeCode(at(x.url), { code, redirectUri, verifier, ...change }, nowMs),
        await exchangeCode(at(x.url), { code, redirectUri, verifier }, nowMs),
      ];

      assert.deepEqual(
        answers.map((answer) => answer.ok || answer.failure.status),
        [400, 400],
      );
    });
  }

  test('takes an access token for two hours, and gives none to refresh without offline.access', async (t) => {
    const { x, api, clock } = await startX(t);
    const { code } = await consentTo(x.url, '77', 'tweet.read');
    const token = await exchangeCode(at(x.url), { code, redirectUri, verifier }, nowMs);
    assert.ok(token.ok);
    assert.equal(token.value.refreshToken, undefined);

    clock.advance(7_200_000);

    assert.equal((await api('GET /2/users/me', undefined, `Bearer ${token.value.accessToken}`)).status, 401);
  });

  test('tells whether the client’s secret is right', async (t) => {
    const { x } = await startX(t);

    assert.equal(await checkClientSecret(at(x.url)), 'accepted');
    assert.equal(await checkClientSecret(at(x.url, 'wrong')), 'refused');
    assert.equal(await checkClientSecret(at('http://127.0.0.1:1')), 'unknown');
  });

  for (const [name, change, why] of [
    ['localhost as callback', { redirect_uri: 'http://localhost:1/callback' }, /localhost is not allowed/],
    ['a plain challenge', { code_challenge: challenge, code_challenge_method: 'plain' }, /by S256/],
    ['no state', { state: '' }, /parameter is missing/],
  ] as const) {
    test(`shows no page of consent for ${name}`, async (t) => {
      const { x } = await startX(t);

      const { status, page } = await consentTo(x.url, '77', 'tweet.read', change);

      assert.equal(status, 400);
      assert.match(page, why);
    });
  }

  test('sends back an account that does not want', async (t) => {
    const { x } = await startX(t);

    const { location } = await consentTo(x.url, '77', 'tweet.read', {}, 'cancel');

    assert.equal(location, `${redirectUri}?error=access_denied&state=made-up-state`);
  });
});

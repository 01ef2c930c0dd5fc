import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  authorizeOAuth1Url,
  getAccessToken,
  getRequestToken,
  invalidateToken,
} from '../../../../shared/x/oauth/oauth1.ts';
import { consumerSecret, startX } from '../emulated-x.ts';
import { clickThrough, redirectUri } from './consent.ts';

const nowMs = Date.UTC(2026, 10, 21, 12);

describe('X’s OAuth 1.0a', () => {
  const client = (baseUrl: string, secret = consumerSecret) => ({
    baseUrl,
    consumerKey: 'key',
    consumerSecret: secret,
    timeoutMs: 5_000,
  });

  test('turns a consent into tokens of the account, once', async (t) => {
    const { x } = await startX(t);
    const request = await getRequestToken(client(x.url), redirectUri, nowMs);
    assert.ok(request.ok);

    const { location } = await clickThrough(authorizeOAuth1Url(client(x.url), request.value), '88');
    const back = new URL(location).searchParams;
    assert.equal(back.get('oauth_token'), request.value.token);
    const verifier = back.get('oauth_verifier') ?? '';
    const wrong = await getAccessToken(client(x.url), request.value, 'wrong', nowMs);
    const access = await getAccessToken(client(x.url), request.value, verifier, nowMs);
    const again = await getAccessToken(client(x.url), request.value, verifier, nowMs);

    assert.ok(access.ok);
    assert.equal(access.value.userId, '88');
    assert.ok(access.value.token.scheme === 'oauth1' && access.value.token.token.startsWith('88-'));
    assert.deepEqual([wrong.ok || wrong.failure.status, again.ok || again.failure.status], [401, 401]);
  });

  test('refuses a signature by another secret, and a callback at localhost', async (t) => {
    const { x } = await startX(t);

    const signed = await getRequestToken(client(x.url, 'wrong'), redirectUri, nowMs);
    const called = await getRequestToken(client(x.url), 'http://localhost:1/callback', nowMs);

    assert.deepEqual([signed.ok || signed.failure.status, called.ok || called.failure.status], [401, 403]);
  });

  test('ends a token that is sent to be ended, by the app and with the token’s own secret only', async (t) => {
    const { x, api } = await startX(t);
    const request = await getRequestToken(client(x.url), redirectUri, nowMs);
    assert.ok(request.ok);
    const { location } = await clickThrough(authorizeOAuth1Url(client(x.url), request.value), '88');
    const verifier = new URL(location).searchParams.get('oauth_verifier') ?? '';
    const access = await getAccessToken(client(x.url), request.value, verifier, nowMs);
    assert.ok(access.ok && access.value.token.scheme === 'oauth1');
    const { token } = access.value;
    const me = async () => (await api('GET /2/users/me', undefined, `OAuth oauth_token="${token.token}"`)).status;

    const strange = await invalidateToken(client(x.url), { ...token, tokenSecret: 'wrong' }, nowMs);
    const before = await me();
    const ended = await invalidateToken(client(x.url), token, nowMs);
    const again = await invalidateToken(client(x.url), token, nowMs);

    assert.deepEqual([strange.ok || strange.failure.status, before], [401, 200]);
    assert.deepEqual([ended.ok, await me()], [true, 401]);
    assert.deepEqual(again, { ok: false, failure: { status: 401, detail: 'Invalid or expired token.' } });
  });

  test('tells the app that an account does not want', async (t) => {
    const { x } = await startX(t);
    const request = await getRequestToken(client(x.url), redirectUri, nowMs);
    assert.ok(request.ok);

    const { location } = await clickThrough(authorizeOAuth1Url(client(x.url), request.value), '88', 'cancel');

    assert.equal(location, `${redirectUri}?denied=${request.value.token}`);
  });
});

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { startXEmulator, type XEmulator } from '../../../local/x-emulator/index.ts';
import { createApiTokenStore } from '../../../shared/aws/api-token-store.ts';
import { createDynamoDbClient } from '../../../shared/aws/clients/dynamodb.ts';
import { createSecretsManagerClient } from '../../../shared/aws/clients/secrets-manager.ts';
import { createRefreshClaims } from '../../../shared/aws/refresh-claims.ts';
import { type FreshUserTokenDeps, freshUserToken } from '../../../shared/use-cases/fresh-user-token.ts';
import { printApiTokens } from '../../../shared/x/api-tokens.ts';
import { exchangeCode, refreshToken } from '../../../shared/x/oauth/oauth2.ts';
import { ManualClock } from '../../local/x-emulator/manual-clock.ts';
import { consentTo, redirectUri, verifier } from '../../local/x-emulator/oauth/consent.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';

const hoursMs = 3_600_000;

describe('a fresh token of an account', () => {
  const clock = new ManualClock();
  let aws: Emulators;
  let x: XEmulator;
  before(async () => {
    aws = await startEmulators();
    x = await startXEmulator({ clock, consumerSecret: 'consumer', clientSecret: 'client', bearerToken: 'bearer' });
  });
  after(async () => {
    await x.close();
    await aws.close();
  });

  const client = () => ({ baseUrl: x.url, clientId: 'id', clientSecret: 'client', timeoutMs: 5_000 });
  const storeToken = async (scope = 'tweet.read offline.access') => {
    const { code } = await consentTo(x.url, '77', scope);
    const token = await exchangeCode(client(), { code, redirectUri, verifier }, clock.now());
    assert.ok(token.ok);
    aws.secrets.put('tokens', printApiTokens({ keys: {}, users: { 77: token.value } }));
    return token.value;
  };
  /** One process of its own, as far as tokens go. */
  const caller = (change: Partial<FreshUserTokenDeps> = {}): FreshUserTokenDeps => ({
    clock,
    tokens: createApiTokenStore(createSecretsManagerClient(aws.secretsManager), 'tokens'),
    claims: createRefreshClaims({
      client: createDynamoDbClient(aws.dynamodb),
      ledgerTable: aws.names.ledgerTable,
      app: 'default',
      clock,
    }),
    refresh: (token) => {
      refreshes += 1;
      return refreshToken(client(), token, clock.now());
    },
    pauseMs: 10,
    ...change,
  });
  const read = async () => (await caller().tokens.read()).users['77'];
  let refreshes = 0;
  beforeEach(() => {
    refreshes = 0;
  });

  test('is the stored one while that is good', async () => {
    const token = await storeToken();

    assert.deepEqual(await freshUserToken(caller(), '77'), { kind: 'fresh', token });
    assert.equal(refreshes, 0);
  });

  test('costs one refresh token when ten callers race for it', async () => {
    const old = await storeToken();
    clock.advance(2 * hoursMs);

    const found = await Promise.all(Array.from({ length: 10 }, () => freshUserToken(caller(), '77')));

    const stored = await read();
    assert.equal(refreshes, 1);
    assert.deepEqual(
      found,
      Array.from({ length: 10 }, () => ({ kind: 'fresh', token: stored })),
    );
    assert.notDeepEqual(stored, old);
  });

  test('is waited for by one who still reads what was before', async () => {
    const old = await storeToken();
    clock.advance(2 * hoursMs);
    await freshUserToken(caller(), '77');
    let looks = 0;
    const { tokens } = caller();
    const readsLate = {
      ...tokens,
      read: async () => {
        looks += 1;
        return looks < 3 ? { keys: {}, users: { 77: old } } : tokens.read();
      },
    };

    const found = await freshUserToken(caller({ tokens: readsLate }), '77');

    assert.deepEqual(found, { kind: 'fresh', token: await read() });
    assert.equal(refreshes, 1);
  });

  test('is stored though Secrets Manager fails at first', async () => {
    await storeToken();
    clock.advance(2 * hoursMs);
    const body = JSON.stringify({ __type: 'InternalServiceError', message: 'told to' });
    const remove = aws.faults.secretsManager.add({
      target: 'PutSecretValue',
      times: 4,
      respond: { status: 500, body },
    });

    const found = await freshUserToken(caller(), '77');

    remove();
    assert.deepEqual(found, { kind: 'fresh', token: await read() });
  });

  test('is tried for again by the next caller when X gave no answer', async () => {
    await storeToken();
    clock.advance(2 * hoursMs);
    const unanswered = async () => ({ ok: false, failure: { detail: 'timeout' } }) as const;

    const first = await freshUserToken(caller({ refresh: unanswered }), '77');
    const second = await freshUserToken(caller(), '77');

    assert.deepEqual(first, { kind: 'unavailable', why: 'X did not renew its login (timeout)' });
    assert.equal(second.kind, 'fresh');
  });

  test('is tried for again when the caller who had the claim died, and not before', async () => {
    await storeToken();
    clock.advance(2 * hoursMs);
    const dying = caller({ refresh: () => Promise.reject(new RangeError('died')) });
    await assert.rejects(freshUserToken(dying, '77'), RangeError);

    const before = await freshUserToken(caller({ pauseMs: 0 }), '77');
    clock.advance(5 * 60_000 + 1);
    const afterwards = await freshUserToken(caller(), '77');

    assert.deepEqual([before.kind, afterwards.kind], ['unavailable', 'fresh']);
  });

  test('needs a login when X does not renew it, when there is nothing to renew it with, and when there is none', async () => {
    const { refreshToken: revoked } = await storeToken();
    clock.advance(2 * hoursMs);
    await refreshToken(client(), revoked ?? '', clock.now());
    const refused = await freshUserToken(caller(), '77');
    await storeToken('tweet.read');
    clock.advance(2 * hoursMs);
    const expired = await freshUserToken(caller(), '77');
    const absent = await freshUserToken(caller(), '78');

    assert.deepEqual(
      [refused, expired, absent].map((found) => found.kind === 'login-needed' && found.why),
      [
        'X does not renew its login (invalid_request: Value passed for the token was invalid.)',
        'its login has expired',
        'it never logged in, or its login was revoked',
      ],
    );
  });

  test('of an account with OAuth 1.0a is the stored one, which never expires', async () => {
    const token = { scheme: 'oauth1', token: '77-made-up', tokenSecret: 'made-up' } as const;
    aws.secrets.put('tokens', printApiTokens({ keys: {}, users: { 77: token } }));

    assert.deepEqual(await freshUserToken(caller(), '77'), { kind: 'fresh', token });
  });

  test('does not replace that of a login which came in between', async () => {
    await storeToken();
    clock.advance(2 * hoursMs);
    const deps = caller();
    const login = { scheme: 'oauth1', token: '77-new', tokenSecret: 'new' } as const;
    const refresh: FreshUserTokenDeps['refresh'] = async (token) => {
      aws.secrets.put('tokens', printApiTokens({ keys: {}, users: { 77: login } }));
      return deps.refresh(token);
    };

    await freshUserToken({ ...deps, refresh }, '77');

    assert.deepEqual(await read(), login);
  });
});

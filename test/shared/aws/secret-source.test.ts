import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createSecretsManagerClient } from '../../../shared/aws/clients/secrets-manager.ts';
import { createSecretSource } from '../../../shared/aws/secret-source.ts';
import type { GaplessError } from '../../../shared/errors.ts';
import type { SecretSource, SecretsReading } from '../../../shared/ports.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';

const hour = 3_600_000;
const filled = (value: string) => JSON.stringify({ consumerSecrets: [{ value }] });
const unfilled = JSON.stringify({ consumerSecrets: [], clientSecrets: [] });
const broken = { status: 500, body: '{"__type":"InternalServiceError"}' } as const;

/** The value read, or the code of what is wrong. */
const outcomeOf = (reading: SecretsReading) =>
  reading.kind === 'available' ? reading.secrets.consumerSecrets[0]?.value : reading.error.code;

describe('the secrets of an app in Secrets Manager', () => {
  let emulators: Emulators;
  let client: SecretsManagerClient;
  let secretId = '';
  let now = 0;
  let stale: GaplessError[] = [];
  let source: SecretSource;
  let askedBefore = 0;
  const asked = () => emulators.faults.secretsManager.count('GetSecretValue') - askedBefore;
  const put = (text: string) => emulators.secrets.put(secretId, text);
  const read = async (maxAgeMs: number) => outcomeOf(await source.read(maxAgeMs));
  const failing: (() => void)[] = [];
  const fail = () => failing.push(emulators.faults.secretsManager.add({ respond: broken }));
  const mend = () => {
    for (const remove of failing.splice(0)) remove();
  };

  before(async () => {
    emulators = await startEmulators();
    client = createSecretsManagerClient({ ...emulators.secretsManager, maxAttempts: 1 });
  });
  after(async () => {
    client.destroy();
    await emulators.close();
  });
  beforeEach(({ name }) => {
    secretId = name.replaceAll(/\W+/g, '-');
    now = 1_000_000;
    stale = [];
    askedBefore = emulators.faults.secretsManager.count('GetSecretValue');
    const onStale = (error: GaplessError) => stale.push(error);
    source = createSecretSource({ client, clock: { now: () => now }, secretId, onStale });
  });
  afterEach(mend);

  test('are asked for once and kept for as long as the caller allows', async () => {
    put(filled('one'));
    assert.equal(await read(5_000), 'one');
    put(filled('two'));
    now += 4_999;
    assert.equal(await read(5_000), 'one');
    assert.equal(asked(), 1);
    now += 1;
    assert.equal(await read(hour), 'one');
    assert.equal(await read(5_000), 'two');
    assert.equal(asked(), 2);
    assert.equal(await read(5_000), 'two');
    assert.equal(asked(), 2, 'the age counts from the last question');
  });

  test('are asked for once by all who wait', async () => {
    put(filled('one'));
    assert.deepEqual(await Promise.all([read(0), read(0), read(hour)]), ['one', 'one', 'one']);
    assert.equal(asked(), 1);
  });

  test('stand when asking again fails, and the failure is told', async () => {
    put(filled('one'));
    await read(0);
    fail();
    now += hour;
    assert.equal(await read(60_000), 'one');
    assert.deepEqual(
      stale.map(({ code }) => code),
      ['SECRET_UNAVAILABLE'],
    );
    mend();
    put('{"consumerSecrets":');
    now += hour;
    assert.equal(await read(60_000), 'one');
    assert.equal(stale[1]?.code, 'SECRET_MALFORMED');
    assert.equal(asked(), 3, 'a failure counts as asked: it is not repeated for every delivery');
    await read(60_000);
    assert.equal(asked(), 3);
  });

  test('are unavailable while Secrets Manager never answered, asked at most once a second', async () => {
    put(filled('one'));
    fail();
    assert.deepEqual(await Promise.all([read(hour), read(0)]), ['SECRET_UNAVAILABLE', 'SECRET_UNAVAILABLE']);
    now += 999;
    assert.equal(await read(hour), 'SECRET_UNAVAILABLE');
    assert.equal(asked(), 1);
    mend();
    now += 1;
    assert.equal(await read(hour), 'one');
    assert.deepEqual(stale, []);
  });

  test('are unavailable until somebody fills them, noticed within a second', async () => {
    emulators.secrets.ensure(secretId);
    assert.equal(await read(hour), 'SECRET_EMPTY');
    put(unfilled);
    now += 1_000;
    assert.equal(await read(hour), 'SECRET_EMPTY');
    put(filled('one'));
    now += 1_000;
    assert.equal(await read(hour), 'one');
  });

  test('end when somebody takes every entry out', async () => {
    put(filled('one'));
    await read(0);
    put(unfilled);
    now += 60_000;
    assert.equal(await read(60_000), 'SECRET_EMPTY');
  });

  test('are not waited for longer than the budget', async () => {
    put(filled('one'));
    const { promise, resolve } = Promise.withResolvers<void>();
    failing.push(emulators.faults.secretsManager.add({ respond: { holdUntil: promise } }), resolve);
    source = createSecretSource({ client, clock: { now: () => now }, secretId, budgetMs: 50, onStale: () => {} });
    assert.equal(await read(hour), 'SECRET_UNAVAILABLE');
  });

  test('are in no error', async () => {
    put('{"consumerSecrets":[{"value":"hush-hush "}]}');
    const reading = await source.read(0);
    assert.ok(reading.kind === 'unavailable');
    assert.equal(reading.error.code, 'SECRET_MALFORMED');
    assert.doesNotMatch(`${reading.error.stack}${reading.error.cause}`, /hush/);
  });
});

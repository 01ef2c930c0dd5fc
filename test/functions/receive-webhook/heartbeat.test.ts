import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { sign, signatureHeaders } from '../../../shared/x/signature.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';
import { signed } from './http-event.ts';
import { startReceiver, takeHeartbeats } from './receiver.ts';

const token = 'NGYxMDRkM2UtZjYyNi00NmQ4LWI2ZjgtZGRkYjk3MmM1ZTNi';

describe('the receiver passes a heartbeat on', () => {
  let emulators: Emulators;
  let time: { now: number };
  let receiver: ReturnType<typeof startReceiver>;
  const receivedAt = '2026-11-21T10:00:00.000Z';
  const query = `crc_token=${token}&nonce=MTc5NTI1NTIwMDAwMA`;
  const ask = (asked: string, headers: Readonly<Record<string, string>> = {}, app?: string) =>
    receiver.request({ method: 'GET', query: asked, headers, ...(app && { app }) });
  const check = (headers: Readonly<Record<string, string>> = {}, app?: string) => ask(query, headers, app);
  const provenOf = async () => (await takeHeartbeats(emulators)).map(({ proven }) => proven);

  before(async () => {
    emulators = await startEmulators();
    const consumerSecrets = [{ value: 'consumer' }];
    emulators.secrets.put('default', JSON.stringify({ consumerSecrets, clientSecrets: [{ value: 'client' }] }));
    emulators.secrets.put('shop', JSON.stringify({ consumerSecrets: [{ value: 'shop-consumer' }] }));
  });
  after(() => emulators.close());
  beforeEach(async () => {
    await takeHeartbeats(emulators);
    time = { now: Date.parse(receivedAt) };
    receiver = startReceiver(emulators, time);
  });

  for (const [what, headers] of [
    ['the consumer secret', signed(query, { legacy: 'consumer' })],
    ['the client secret', signed(query, { oauth2: 'client' })],
    ['the client secret in the older header', signed(query, { legacy: 'client' })],
    ['both, one of them wrong', signed(query, { legacy: 'consumer', oauth2: 'another' })],
    ['a header in capitals', { 'X-Twitter-Webhooks-Signature': sign('consumer', Buffer.from(query)) }],
  ] as const) {
    test(`as X's own when X signed the check with ${what}`, async () => {
      await check(headers);
      assert.deepEqual(await takeHeartbeats(emulators), [{ app: 'default', receivedAt, proven: true }]);
    });
  }

  for (const [what, headers] of [
    ['nothing', {}],
    ['another secret', signed(query, { legacy: 'another' })],
    ['another app’s secret', signed(query, { legacy: 'shop-consumer' })],
    ['the signature that this check gets', signed(token, { oauth2: 'client' })],
  ] as const) {
    test(`as anybody's when the check is signed with ${what}`, async () => {
      await check(headers);
      assert.deepEqual(await takeHeartbeats(emulators), [{ app: 'default', receivedAt, proven: false }]);
    });
  }

  test('as anybody’s when a stranger has its whole query signed by an earlier check', async () => {
    const { body = '' } = await ask(`crc_token=crc_token=${token}`);
    const headers = { [signatureHeaders.oauth2]: JSON.parse(body).response_token };
    time.now += 1_000;
    await ask(`crc_token=${token}`, headers);
    assert.deepEqual(await provenOf(), [false, false]);
  });

  test('of the app that is asked', async () => {
    await check(signed(query, { legacy: 'shop-consumer' }), 'shop');
    assert.deepEqual(await takeHeartbeats(emulators), [{ app: 'shop', receivedAt, proven: true }]);
  });

  test('only of a check that it could answer', async () => {
    await ask('crc_token={');
    await check({}, 'other');
    const mend = emulators.faults.secretsManager.add({ target: 'GetSecretValue', respond: { status: 500 } });
    await check(signed(query, { legacy: 'consumer' }));
    mend();
    assert.deepEqual(await provenOf(), []);
  });

  test('once a second for strangers and each time for X, however many checks there are', async () => {
    const sentBefore = emulators.faults.sqs.count('SendMessage');
    for (let i = 0; i < 1_000; i += 1) {
      time.now += 5;
      await check(i % 100 === 50 ? signed(query, { legacy: 'consumer' }) : signed(query, { legacy: 'another' }));
    }
    const proven = await provenOf();
    assert.deepEqual([proven.filter(Boolean).length, proven.filter((yes) => !yes).length], [10, 5]);
    assert.equal(emulators.faults.sqs.count('SendMessage') - sentBefore, 15);
  });
});

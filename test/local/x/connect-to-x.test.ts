import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { AdjustableClock } from '../../../local/clock/adjustable-clock.ts';
import { connectToX } from '../../../local/x/connect-to-x.ts';
import { startXEmulator, type XEmulator } from '../../../local/x-emulator/index.ts';
import { list, member } from '../../../shared/domain/json.ts';
import { Receiver } from '../x-emulator/receiver.ts';

const secrets = { consumerSecret: 'test-consumer-secret', clientSecret: 'test-client-secret' };
const bearerToken = 'test-bearer-token';

describe('a stack', () => {
  let x: XEmulator;
  let receiver: Receiver;
  before(async () => {
    const log = (line: string) => assert.fail(line);
    x = await startXEmulator({ clock: new AdjustableClock(), ...secrets, bearerToken, log });
    receiver = await Receiver.start(secrets.clientSecret);
  });
  after(async () => {
    await x.close();
    await receiver.close();
  });

  const get = async (path: string) => {
    const answer = await fetch(`${x.url}${path}`, { headers: { authorization: `Bearer ${bearerToken}` } });
    return list(member(await answer.json(), 'data'));
  };
  const webhooks = async () =>
    (await get('/2/webhooks')).map((webhook) => [member(webhook, 'id'), member(webhook, 'url')]);
  const another = () => ({ xApiUrl: x.url, webhookUrl: receiver.url, emulator: undefined });

  test('registers its webhook with another X, subscribes nobody and sends nothing', async () => {
    await connectToX(another(), { bearerToken, traffic: true });

    assert.deepEqual(
      (await webhooks()).map(([, url]) => url),
      [receiver.url],
    );
    assert.deepEqual(await get('/2/activity/subscriptions'), []);
    assert.equal(x.sent.events.size, 0);
  });

  test('adopts the webhook that X knows already', async () => {
    const before = await webhooks();
    await connectToX(another(), { bearerToken, traffic: true });
    assert.deepEqual(await webhooks(), before);
  });

  test('says what X says, and what to do about a wrong token', async () => {
    await assert.rejects(connectToX(another(), { bearerToken: 'wrong', traffic: true }), {
      code: 'LOCAL_START_FAILED',
      message: /did not list the webhooks.*Set X_BEARER_TOKEN/,
    });
  });

  test('has its own X forget older webhooks and subscribe accounts for its own', async () => {
    const second = await Receiver.start(secrets.clientSecret);
    const own = { xApiUrl: x.url, webhookUrl: second.url, emulator: x };

    await connectToX(own, { bearerToken, traffic: false });
    const registered = await webhooks();
    const subscriptions = await get('/2/activity/subscriptions?max_results=100');
    await connectToX(own, { bearerToken, traffic: false });

    assert.deepEqual(
      registered.map(([, url]) => url),
      [second.url],
    );
    assert.ok(subscriptions.length > 10);
    assert.ok(subscriptions.every((subscription) => member(subscription, 'webhook_id') === registered[0]?.[0]));
    assert.deepEqual(await get('/2/activity/subscriptions?max_results=100'), subscriptions);
    await second.close();
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isUnfinished, isWebhookOutage } from '../../../shared/domain/gaps/gap.ts';
import { startStreaming } from './driver.ts';

const speed = 45;

test('the webhook down for twelve minutes: the stream brings everything, and the gap is closed without a replay', async () => {
  await using parts = new AsyncDisposableStack();
  const streaming = await startStreaming({ speed, activity: 'webhook' }, parts);
  const { x, readers, stack, minutes, until } = streaming;
  const outages = async () => (await readers.ledger.list('default')).filter(isWebhookOutage);
  x.startTraffic({ rate: 0.3, kinds: ['xaa'] });
  await minutes(15);
  assert.deepEqual(await outages(), []);

  const receiver = stack.functions.named('ReceiveWebhook');
  receiver.pause();
  await minutes(12);
  receiver.resume();
  await until('a gap', async () => (await outages()).length > 0, 30);
  await until('that the gap is closed', async () => !(await outages()).some(isUnfinished), 60);

  for (const { state, attempts, story } of await outages()) {
    assert.deepEqual([state, attempts], ['healed', 0]);
    assert.match(story.at(-1)?.line ?? '', /^covered by the stream/);
  }
  assert.deepEqual(x.replays.list(), []);
  await streaming.assertAllStored();
  assert.deepEqual([x.stream.counts().most <= 2, x.stream.counts().tooMany], [true, 0]);
});

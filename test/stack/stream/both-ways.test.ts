import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minuteMs } from '../../../shared/domain/gaps/interval.ts';
import type { Way } from '../../../shared/domain/way.ts';
import type { CoverageMinute } from '../../../shared/watch-ports.ts';
import { type Streaming, startStreaming } from './driver.ts';

/** Slow enough that no retry of X's looks like a replay, whatever else this machine does. */
const speed = 10;
const eventsEachWay = 40;

/** X sends this many events. Resolves when all that was sent so far is stored: their keys in X's record. */
async function send({ x, assertAllStored, until }: Streaming): Promise<ReadonlySet<string>> {
  const before = new Set(x.sent.events.keys());
  x.startTraffic({ rate: 2, steady: true, kinds: ['xaa'] });
  await until('the events', () => x.sent.events.size >= before.size + eventsEachWay);
  x.stopTraffic();
  await assertAllStored({ outstanding: true });
  return new Set(x.sent.events.keys()).difference(before);
}

test('beside the webhook every event is stored once, as what came first brought it, and the others are counted', async () => {
  await using parts = new AsyncDisposableStack();
  const streaming = await startStreaming({ speed, activity: 'webhook' }, parts);
  const { x, readers, stack, until } = streaming;
  const span = { fromMs: stack.clock.now() - 60 * minuteMs, toMs: stack.clock.now() + 600 * minuteMs };
  /** What the recorder counted of both ways, or of one. */
  const counted = async (of: (minute: CoverageMinute) => number, ways: readonly Way[] = ['webhook', 'stream']) => {
    const minutes = await Promise.all(ways.map((way) => readers.ledger.minutes('default', span, way)));
    return minutes.flat().reduce((sum, minute) => sum + of(minute), 0);
  };
  const otherWay = () => counted(({ duplicatesOtherWay }) => duplicatesOtherWay);

  x.stream.silence({ also: 'new' });
  const byWebhook = await send(streaming);
  x.stream.speak();
  await until('that the stream brings them, too', async () => (await otherWay()) >= byWebhook.size);

  const receiver = stack.functions.named('ReceiveWebhook');
  receiver.pause();
  const byStream = await send(streaming);
  receiver.resume();
  await x.idle();
  const retried = [...byStream].filter((key) => x.sent.events.get(key)?.outcome === 'delivered').length;
  const expected = byWebhook.size + retried;
  await until('that X’s retries are recorded', async () => (await otherWay()) >= expected);
  assert.ok(retried > 0, 'X tries again');

  const sizes = { webhook: byWebhook.size, stream: byStream.size };
  for (const way of ['webhook', 'stream'] as const)
    assert.equal(await counted(({ stored }) => stored, [way]), sizes[way]);
  assert.equal(await counted(({ duplicatesLate }) => duplicatesLate), 0);
  assert.equal(await counted(({ events, stored, duplicates }) => events - stored - duplicates), 0);
  const vias = { webhook: 0, stream: 0, replay: 0, backfill: 0 };
  for await (const { via } of readers.reader.events.between()) vias[via] += 1;
  assert.deepEqual(vias, { ...sizes, replay: 0, backfill: 0 });
  assert.deepEqual([x.stream.counts().most <= 2, x.stream.counts().tooMany], [true, 0]);
});

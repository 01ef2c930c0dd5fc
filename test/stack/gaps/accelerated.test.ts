import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { AdjustableClock } from '../../../local/clock/adjustable-clock.ts';
import { acceleratedFrom } from '../../../local/clock/clock-state.ts';
import { createStage, type Stage } from '../../../local/once/stage.ts';
import type { LocalStack } from '../../../local/stack.ts';
import { openReaders } from '../../../local/stack-readers.ts';
import { seededRandom } from '../../../local/x-emulator/random.ts';
import { type Gap, isUnfinished } from '../../../shared/domain/gaps/gap.ts';
import { type Interval, minuteMs } from '../../../shared/domain/gaps/interval.ts';
import { bearerToken, startTestStack } from '../../support/local-stack.ts';

/** The fastest clock on which nothing may look like an outage that is none. */
const speed = 60;
/** How much longer than the outage a gap may be: ten real seconds. */
const slackMs = 10 * speed * 1000;

interface Accelerated {
  readonly stack: LocalStack;
  readonly stage: Stage;
  gaps(): Promise<readonly Gap[]>;
}

async function startAccelerated(t: TestContext): Promise<Accelerated> {
  const stack = await startTestStack({
    connected: true,
    clock: new AdjustableClock(acceleratedFrom(Date.now(), speed)),
    x: { port: 0, bearerToken, random: seededRandom(5) },
  });
  t.after(() => stack.close());
  const readers = openReaders(stack);
  t.after(() => readers.close());
  assert.ok(stack.emulator);
  const stage = createStage(stack, stack.emulator, readers, t.signal);
  const gaps = async () => (await readers.ledger.list('default')).filter(({ reason }) => reason !== 'silence');
  return { stack, stage, gaps };
}

/** Whatever gaps there are, all lie about the outage and are healed; and X's record equals the table. */
async function assertHealed({ stage, gaps }: Accelerated, outage: Interval): Promise<void> {
  await stage.gap(({ state }) => state === 'healed', 'no gap was healed', 90);
  while ((await gaps()).some(isUnfinished)) await stage.minutes(1);
  for (const { state, fromMs, toMs } of await gaps()) {
    assert.equal(state, 'healed');
    assert.ok(fromMs > outage.fromMs - slackMs && toMs !== null && toMs < outage.toMs + slackMs);
  }
  stage.x.stopTraffic();
  await stage.quiet();
  const { sent, stored, duplicates, lost } = await stage.compare();
  assert.deepEqual([duplicates, lost], [0, 0]);
  assert.equal(stored, sent);
}

describe('on a clock sixty times as fast', { concurrency: true }, () => {
  test('after a calm time without any gap, the receiver down for twelve minutes is healed', async (t) => {
    const accelerated = await startAccelerated(t);
    const { stack, stage, gaps } = accelerated;
    stage.x.startTraffic({ rate: 0.05 });
    await stage.minutes(30);
    assert.deepEqual(await gaps(), []);

    const receiver = stack.functions.named('ReceiveWebhook');
    const fromMs = stage.clock.now();
    receiver.pause();
    await stage.minutes(12);
    receiver.resume();

    await assertHealed(accelerated, { fromMs, toMs: stage.clock.now() });
  });

  test('after a quiet time without any gap, a webhook that X marks invalid for ten minutes is healed', async (t) => {
    const accelerated = await startAccelerated(t);
    const { stage, gaps } = accelerated;
    await stage.minutes(30);
    assert.deepEqual(await gaps(), []);

    stage.x.startTraffic({ rate: 0.05 });
    await stage.minutes(5);
    const fromMs = stage.clock.now();
    const toMs = fromMs + 10 * minuteMs;
    stage.x.outages.start({ mode: 'invalid', untilMs: toMs });
    await stage.minutes(10);

    await assertHealed(accelerated, { fromMs, toMs });
  });
});

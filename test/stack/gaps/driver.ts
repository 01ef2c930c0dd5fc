import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { AdjustableClock } from '../../../local/clock/adjustable-clock.ts';
import { type Comparison, compareSent } from '../../../local/once/compare.ts';
import type { LocalStack, LocalStackOptions } from '../../../local/stack.ts';
import { openReaders, type StackReaders } from '../../../local/stack-readers.ts';
import type { XEmulator } from '../../../local/x-emulator/index.ts';
import type { Outage } from '../../../local/x-emulator/outages/outages.ts';
import { seededRandom } from '../../../local/x-emulator/random.ts';
import { type Gap, isUnfinished, newGap } from '../../../shared/domain/gaps/gap.ts';
import { type Interval, minuteMs } from '../../../shared/domain/gaps/interval.ts';
import { createXClient } from '../../../shared/x/api/client.ts';
import { listWebhooks } from '../../../shared/x/api/webhooks.ts';
import { bearerToken, startTestStack } from '../../support/local-stack.ts';

export interface Watched {
  readonly stack: LocalStack;
  readonly x: XEmulator;
  readonly readers: StackReaders;
  readonly webhookId: string;
  now(): number;
  /** Steps the clock, `step` minutes at a time; after each step everything that it made due is done. */
  minutes(count: number, step?: number): Promise<void>;
  /** X's outage for so many minutes. Resolves with its bounds. */
  outage(mode: Outage['mode'], count: number): Promise<Interval>;
  /** Finished or not, the oldest first; without hints for people. */
  gaps(): Promise<readonly Gap[]>;
  /** Steps the clock until no gap is unfinished, and fails when that takes longer. */
  healed(withinMinutes?: number): Promise<void>;
  /** A person's gap, as `gapless replay` opens it. */
  replayByHand(span: Interval): Promise<void>;
  compare(): Promise<Comparison>;
  /** Lets X end what it has begun, and holds its record against the table, event by event. */
  assertAllStored(): Promise<void>;
  close(): Promise<void>;
}

/** Events a second of the local clock: nine a minute. */
const rate = 0.15;
const settleWithinMs = 30_000;

/** The whole stack with X's traffic, on a clock that stands still unless it is stepped. */
export async function startWatched(
  options: Pick<LocalStackOptions, 'onCall'> & { readonly rate?: number; readonly keepsBodies?: boolean } = {},
): Promise<Watched> {
  const clock = new AdjustableClock({ realAt: Date.now(), localAt: Date.UTC(2026, 10, 21, 12), speed: 0 });
  const stack = await startTestStack({
    connected: true,
    clock,
    x: { port: 0, bearerToken, random: seededRandom(11), keepsBodies: options.keepsBodies ?? false },
    ...(options.onCall && { onCall: options.onCall }),
  });
  const x = stack.emulator;
  assert.ok(x);
  const readers = openReaders(stack);
  x.startTraffic({ rate: options.rate ?? rate });

  const minutes = async (count: number, step = 1) => {
    for (let left = count; left > 0; left -= step) {
      await clock.advance(Math.min(step, left) * minuteMs);
      await settle(stack, x);
    }
  };
  const gaps = async () =>
    (await readers.ledger.list('default'))
      .filter(({ reason }) => reason !== 'silence' && reason !== 'subscriptions')
      .toReversed();
  const compare = async () =>
    compareSent(x.sent.events.values(), await Array.fromAsync(readers.reader.events.between()));
  const webhooks = await listWebhooks(createXClient({ baseUrl: stack.xApiUrl, bearerToken, timeoutMs: 10_000 }));
  const webhookId = webhooks.ok ? (webhooks.value[0]?.webhookId ?? '') : '';
  await minutes(6);

  return {
    stack,
    x,
    readers,
    webhookId,
    now: () => clock.now(),
    minutes,
    gaps,
    compare,
    async outage(mode, count) {
      const fromMs = clock.now();
      x.outages.start({ mode, ...(mode === 'invalid' && { untilMs: fromMs + count * minuteMs }) });
      await minutes(count);
      x.outages.end(mode);
      return { fromMs, toMs: clock.now() };
    },
    async healed(withinMinutes = 90) {
      for (let left = withinMinutes; left > 0; left -= 1) {
        if (!(await gaps()).some(isUnfinished)) return;
        await minutes(1);
      }
      assert.fail(`unfinished after ${withinMinutes} minutes: ${JSON.stringify((await gaps()).filter(isUnfinished))}`);
    },
    async replayByHand(span) {
      // What was settled at this very instant would count for it.
      await minutes(1);
      const at = { nowMs: clock.now(), app: 'default', webhookId };
      const found = {
        reason: 'manual',
        state: 'open',
        ...span,
        expectedPerMinute: 0,
        line: 'asked for by hand',
      } as const;
      assert.equal(await readers.ledger.open(newGap(at, found)), 'opened');
    },
    async assertAllStored() {
      x.stopTraffic();
      let isIdle = false;
      const idle = x.idle().then(() => {
        isIdle = true;
      });
      await settle(stack, x);
      while (!isIdle) await minutes(1);
      await idle;
      await settle(stack, x);
      const { lost, duplicates, sent, stored, missing, surplus } = await compare();
      assert.deepEqual({ lost, duplicates, missing, surplus }, { lost: 0, duplicates: 0, missing: [], surplus: [] });
      assert.equal(stored, sent);
      x.startTraffic({ rate: options.rate ?? rate });
    },
    async close() {
      readers.close();
      await stack.close();
    },
  };
}

/** Waits until X has done what is due and nothing of it is under way; a paused recorder leaves its queue as it is. */
async function settle(stack: LocalStack, x: XEmulator): Promise<void> {
  await x.caughtUp();
  const within = AbortSignal.timeout(settleWithinMs);
  if (!stack.functions.named('RecordEvents').paused) return stack.settled(within);
  while ([...stack.functions.byName.values()].some(({ running }) => running > 0)) {
    await pause(5, undefined, { signal: within });
  }
}

/** Whether `gap` holds `span` and is at most so much longer on either side. */
export function assertBounds(
  gap: Gap | undefined,
  span: Interval,
  slackMinutes: { before: number; after: number },
): void {
  assert.ok(gap?.toMs != null, 'the gap has an end');
  const [before, after] = [span.fromMs - gap.fromMs, gap.toMs - span.toMs].map((ms) => ms / minuteMs);
  assert.ok(before !== undefined && before >= 0 && before <= slackMinutes.before, `it begins ${before} minutes before`);
  assert.ok(after !== undefined && after >= -1 && after <= slackMinutes.after, `it ends ${after} minutes after`);
}

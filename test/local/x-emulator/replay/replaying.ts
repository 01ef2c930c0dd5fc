import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { XEmulatorOptions } from '../../../../local/x-emulator/index.ts';
import type { ReplayJob } from '../../../../local/x-emulator/replay/replay-job.ts';
import { member } from '../../../../shared/domain/json.ts';
import { type ApiAnswer, type EmulatedX, startX } from '../emulated-x.ts';

const minuteMs = 60_000;

export interface Replaying extends EmulatedX {
  readonly webhookId: string;
  /** Asks for a job as an app does. Times are `hhmm` of the day. */
  ask(from?: string, to?: string): Promise<ApiAnswer>;
  /** Lets the clock run until X has nothing left to do. */
  finish(): Promise<void>;
  lastJob(): ReplayJob;
  /** Bodies of the POSTs since the job was asked for. */
  replayed(): readonly string[];
}

/** At 13:00 of a day on which X delivered one body a minute from 12:00 on, after what `prepare` did. */
export async function startReplaying(
  t: TestContext,
  bodies: readonly string[],
  options: Partial<XEmulatorOptions> = {},
  prepare: (emulated: EmulatedX) => void = () => {},
): Promise<Replaying> {
  const emulated = await startX(t, options);
  const { x, clock, receiver, api } = emulated;
  const webhookId = await emulated.register();
  prepare(emulated);
  for (const body of bodies) {
    await x.emit({ webhookId, body, retry: false });
    clock.advance(minuteMs);
  }
  clock.advance((60 - bodies.length) * minuteMs);
  const live = receiver.posts.length;
  return {
    ...emulated,
    webhookId,
    ask(from = '1200', to = '1229') {
      const dates = { from_date: `20261121${from}`, to_date: `20261121${to}` };
      return api('POST /2/webhooks/replay', { webhook_id: webhookId, ...dates });
    },
    async finish() {
      let isIdle = false;
      const idle = x.idle().then(() => {
        isIdle = true;
      });
      while (!isIdle) {
        clock.advance(100);
        await x.caughtUp();
      }
      await idle;
    },
    lastJob() {
      const job = x.replays.list().at(-1);
      assert.ok(job);
      return job;
    },
    replayed: () => receiver.posts.slice(live).map(({ body }) => body),
  };
}

/** `undefined`: the body is no status message. */
export function jobStateIn(body: string): unknown {
  return member(JSON.parse(body), 'replay_job_status', 'job_state');
}

/** Bodies of the emulated kind, told apart by `n`. */
export function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `{"n":${n}}`);
}

export function eventsIn(bodies: readonly string[]): readonly string[] {
  return bodies.filter((body) => jobStateIn(body) === undefined);
}

export function statesIn(bodies: readonly string[]): readonly unknown[] {
  return bodies.map(jobStateIn).filter((state) => state !== undefined);
}

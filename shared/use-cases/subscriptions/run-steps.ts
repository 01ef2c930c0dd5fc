import { chunk } from '../../domain/subscriptions/chunk.ts';
import type { Create, Delete, Step, Update } from '../../domain/subscriptions/steps.ts';
import {
  mostDeletedAtOnce,
  type StepAnswer,
  type SubscriptionsApi,
  type WaitingClock,
} from '../../subscription-ports.ts';
import { attempt } from './attempt.ts';
import { createFuse } from './fuse.ts';
import { type Result, resultOf } from './result.ts';

export interface StepRunner {
  create(steps: readonly Create[]): Promise<void>;
  update(steps: readonly Update[]): Promise<void>;
  remove(steps: readonly Delete[]): Promise<void>;
  /** Takes note of what becomes of a step without a call. */
  settle(result: Result): Promise<void>;
  /** The last result of each step, in the order in which they were first tried. */
  results(): readonly Result[];
}

export interface StepRunnerDeps {
  readonly api: SubscriptionsApi;
  readonly clock: WaitingClock;
  readonly report: (result: Result) => Promise<void>;
}

/** Does steps, one call after the other, until it is of no use to go on. */
export function createStepRunner({ api, clock, report }: StepRunnerDeps): StepRunner {
  const fuse = createFuse();
  const results = new Map<Step, Result>();

  const settle = async (result: Result): Promise<void> => {
    results.set(result.step, result);
    await report(result);
  };

  /** One call, which may do several steps; its answers are in their order. */
  const run = async (steps: readonly Step[], call: () => Promise<readonly StepAnswer[]>): Promise<void> => {
    const isTried = !fuse.isBlown();
    const answers = isTried ? await attempt(call, clock) : [];
    if (isTried) fuse.heed(answers);
    for (const [index, step] of steps.entries()) {
      const answer = answers[index];
      await settle(answer === undefined ? { step, outcome: { kind: 'not-tried' } } : resultOf(step, answer));
    }
  };

  return {
    async create(steps) {
      for (const step of steps) await run([step], async () => [await api.create(step)]);
    },
    async update(steps) {
      for (const step of steps) await run([step], async () => [await api.update(step)]);
    },
    async remove(steps) {
      const ofActivities = steps.filter(({ activity }) => activity !== undefined);
      for (const batch of chunk(ofActivities, mostDeletedAtOnce)) {
        const ids = batch.flatMap(({ activity }) => activity?.subscriptionId ?? []);
        await run(batch, () => api.deleteActivities(ids));
      }
      for (const step of steps) {
        const { activity, userId } = step;
        if (activity !== undefined || userId === undefined) continue;
        await run([step], async () => [await api.deleteAccount(userId)]);
      }
    },
    settle,
    results: () => [...results.values()],
  };
}

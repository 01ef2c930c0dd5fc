import type { Check } from '../run-checks.ts';
import type { Site } from '../site.ts';
import { judgeClock } from '../verdicts/clock.ts';
import { judgeGaps, judgeReplay } from '../verdicts/gaps.ts';
import { judgeDeadLetters, judgeQueue } from '../verdicts/queues.ts';
import { judgeHeartbeat, judgeWatcher } from '../verdicts/watch.ts';
import { readQueueAge } from './queue-age.ts';
import { readSkews } from './skews.ts';

/** What becomes of a delivery once it is accepted, and who watches over that. */
export const stackSideChecks: readonly Check<Site>[] = [
  {
    name: 'watcher',
    needs: [],
    look: async ({ tick, target }) => judgeWatcher((await tick()).state, target.clock.now()),
  },
  {
    name: 'queue',
    needs: [],
    async look({ depths, target, command }) {
      const [{ queue }, ageMs] = await Promise.all([depths(), readQueueAge(target)]);
      return judgeQueue(queue, ageMs, command);
    },
  },
  { name: 'dead letters', needs: [], look: async ({ depths }) => judgeDeadLetters((await depths()).deadLetters) },
  {
    name: 'heartbeat',
    // A heartbeat takes the way of the deliveries, behind those that wait.
    needs: ['webhook', 'watcher', 'queue'],
    look: async ({ tick, target }) => judgeHeartbeat((await tick()).state, target.clock.now()),
  },
  {
    name: 'gaps',
    needs: [],
    async look({ gaps, target: { clock, outputs }, command }) {
      const { horizonMs } = outputs.replayRules;
      return judgeGaps(await gaps(), { nowMs: clock.now(), horizonMs, command });
    },
  },
  { name: 'replay', needs: [], look: async ({ gaps, command }) => judgeReplay(await gaps(), command) },
  {
    name: 'clock',
    needs: [],
    look: async ({ target, url, terminal }) =>
      judgeClock(await readSkews({ X: target.xApiUrl, 'the stack': url }, terminal.clock)),
  },
];

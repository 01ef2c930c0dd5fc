import { readStreamStatus } from '../../status/stream-status.ts';
import { skipped } from '../finding.ts';
import type { Check } from '../run-checks.ts';
import type { Site } from '../site.ts';
import { judgeClock } from '../verdicts/clock.ts';
import { judgeGaps, judgeReplay } from '../verdicts/gaps.ts';
import { judgeDeadLetters, judgeQueue } from '../verdicts/queues.ts';
import { judgeStream } from '../verdicts/stream.ts';
import { judgeHeartbeat, judgeWatcher } from '../verdicts/watch.ts';
import { readQueueAge } from './queue-age.ts';
import { readSkews } from './skews.ts';

/** Of a stack that reads no stream, nobody is told about it. */
export const streamCheck = 'stream';

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
    name: streamCheck,
    needs: [],
    async look({ target, app }) {
      if (!target.outputs.stream) return skipped('the stack does not read it');
      const { apps } = await readStreamStatus(target, [app]);
      const stream = apps[app];
      return stream ? judgeStream(stream, target.clock.now()) : skipped('there is no such app');
    },
  },
  {
    name: 'clock',
    needs: [],
    look: async ({ target, url, terminal }) =>
      judgeClock(await readSkews({ X: target.xApiUrl, 'the stack': url }, terminal.clock)),
  },
];

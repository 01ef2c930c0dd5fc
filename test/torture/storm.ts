import { seededRandom } from '../../local/x-emulator/random.ts';
import { describeFault } from './fault.ts';
import { perform } from './faults/perform.ts';
import { wait } from './faults/spread.ts';
import type { Plan } from './plan.ts';
import type { Stage } from './stage.ts';

/** Lets the plan's faults loose while X sends, each at its time. Resolves when all are over and undone. */
export async function storm(stage: Stage, plan: Plan, stop: AbortSignal): Promise<void> {
  const { x, say } = stage;
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, stop]);
  x.startTraffic(plan.traffic);
  const startedAt = performance.now();
  const left = (atMs: number) => Math.max(0, startedAt + atMs - performance.now());
  const performances = plan.lines.map(async ({ atMs, forMs, fault }, index) => {
    await wait(left(atMs), signal);
    if (signal.aborted) return;
    say(`BEGIN ${describeFault(fault)}`);
    await perform(fault, { stage, random: seededRandom(plan.seed * 1_000 + index), forMs, signal });
    say(`END   ${describeFault(fault)}`);
  });
  await wait(left(plan.minutes * 60_000), signal);
  over.abort();
  await Promise.all(performances);
  x.outages.end();
  x.replays.script([]);
  await stage.stack.clock.setSpeed(plan.speed);
}

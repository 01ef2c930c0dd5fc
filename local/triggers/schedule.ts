import { randomUUID } from 'node:crypto';
import type { LocalClock } from '../clock.ts';
import type { FunctionRunner } from '../lambda/function-runner.ts';
import type { ScheduleSpec } from '../template/trigger-resources.ts';

export interface Schedule {
  close(): Promise<void>;
}

/**
 * Invokes the function at the schedule's rate of the local clock, whether or not the last invocation has ended, as
 * EventBridge does. When the clock jumps over several times, the function is invoked once; and when so many invocations
 * run that the next one would wait for a process, as on a fast clock, it is left out: late ones would only pile up.
 */
export function startSchedule(spec: ScheduleSpec, runner: FunctionRunner, clock: LocalClock): Schedule {
  const stop = new AbortController();
  const ticks = new Set<Promise<unknown>>();
  const run = async () => {
    for (let at = clock.now() + spec.everyMs; ; ) {
      await clock.sleepUntil(at, { signal: stop.signal });
      if (runner.running < runner.maxProcesses) {
        const tick: Promise<unknown> = runner.invoke(eventOf(spec, at)).finally(() => ticks.delete(tick));
        ticks.add(tick);
      }
      at += spec.everyMs;
      if (at <= clock.now()) at = clock.now() + spec.everyMs;
    }
  };
  const running = run().catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  return {
    async close() {
      stop.abort();
      await running;
      await Promise.all(ticks);
    },
  };
}

function eventOf({ input, name, source }: ScheduleSpec, at: number): string {
  if (input !== undefined) return input;
  return JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source,
    account: '000000000000',
    time: new Date(at).toISOString().replace('.000Z', 'Z'),
    region: 'us-east-1',
    resources: [name],
    detail: source === 'aws.scheduler' ? '{}' : {},
  });
}

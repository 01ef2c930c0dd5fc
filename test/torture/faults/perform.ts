import type { Fault } from '../fault.ts';
import type { Performance } from '../stage.ts';
import { troubleAws } from './aws.ts';
import { forge } from './forgeries.ts';
import { putGarbage } from './garbage.ts';
import { sendOddities } from './oddities.ts';
import { repeat } from './repeats.ts';
import { askForReplay } from './replays.ts';
import { spread, wait } from './spread.ts';
import { troubleStream } from './stream.ts';

/** Faults of one kind and target may overlap: only the last to end ends it. */
const under = new Map<string, number>();

async function during(
  name: string,
  { forMs, signal }: Performance,
  begin: () => void | Promise<void>,
  end: () => void | Promise<void>,
) {
  const others = under.get(name) ?? 0;
  under.set(name, others + 1);
  await begin();
  await wait(forMs, signal);
  const left = (under.get(name) ?? 1) - 1;
  under.set(name, left);
  if (left === 0) await end();
}

const finishMs = 300;

/** Nothing new reaches the table, and what is under way is answered: otherwise nobody could tell what was counted. */
async function letFinish({ stage, signal }: Performance): Promise<void> {
  const remove = stage.stack.faults?.dynamodb.add({ respond: 'drop' });
  await wait(finishMs, signal);
  remove?.();
}

/** Does what a line of the plan says, and undoes it at its end. */
export async function perform(fault: Fault, performance: Performance): Promise<void> {
  const { stage, forMs, signal } = performance;
  const { stack, x } = stage;
  switch (fault.kind) {
    case 'kill': {
      const runner = stack.functions.named(fault.target);
      return spread(fault.count, forMs, signal, () => {
        runner.kill();
      });
    }
    case 'pause': {
      const runner = stack.functions.named(fault.target);
      return during(
        fault.target,
        performance,
        () => runner.pause(),
        () => runner.resume(),
      );
    }
    case 'aws':
      return troubleAws(fault, performance);
    case 'stop': {
      const part = stack.parts[fault.part];
      if (fault.part === 'dynamodb') await letFinish(performance);
      return during(
        fault.part,
        performance,
        () => part.stop(),
        () => part.start(),
      );
    }
    case 'garbage':
      return putGarbage(fault, performance);
    case 'wrong-secret': {
      const { arn, right } = stage.secret;
      const wrong = JSON.stringify({ consumerSecrets: [{ value: 'wrong' }], clientSecrets: [{ value: 'wrong' }] });
      return during(
        'secret',
        performance,
        () => void stack.secrets.put(arn, wrong),
        () => void stack.secrets.put(arn, right),
      );
    }
    case 'clock':
      return stack.clock.advance(fault.jumpMs);
    case 'x-outage':
      return during(
        fault.mode,
        performance,
        () =>
          x.outages.start({
            mode: fault.mode,
            ...(fault.mode === 'invalid' && { untilMs: stack.clock.now() + forMs * stack.clock.state.speed }),
          }),
        () => x.outages.end(fault.mode),
      );
    case 'stream': {
      const { begin, end } = troubleStream(fault, x.stream);
      return during(fault.trouble, performance, begin, end);
    }
    case 'replay':
      return askForReplay(fault, performance);
    case 'next-job':
      return x.replays.script([fault.script]);
    case 'forgeries':
      return forge(fault, performance);
    case 'repeats':
      return repeat(fault, performance);
    case 'oddities':
      return sendOddities(fault, performance);
  }
}

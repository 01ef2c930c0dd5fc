import { createPermissionRecord } from '../../local/iam/permission-record.ts';
import { parseOptions, usage } from './arguments.ts';
import { holds } from './books.ts';
import { keepEvidence } from './evidence.ts';
import { heal } from './heal.ts';
import { openStage } from './open-stage.ts';
import { makePlan, planLines } from './plan.ts';
import { startProgress } from './progress.ts';
import { storm } from './storm.ts';
import { summary } from './summary.ts';
import { judge } from './verdict.ts';
import { createWitness } from './witness.ts';

if (process.argv.includes('--help')) {
  console.log(usage);
  process.exit();
}
const options = parseOptions(process.argv.slice(2), new Date());
const plan = makePlan(options);
console.log(`torture: ${plan.minutes} minutes of faults, seed ${plan.seed}, local clock ${plan.speed} times as fast\n`);
for (const line of planLines(plan)) console.log(line);
console.log('');

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort());

const witness = createWitness();
const record = createPermissionRecord();
await using stage = await openStage(plan, {
  onInvoked: witness.onInvoked,
  onCall(call) {
    witness.onCall(call);
    record.onCall(call);
  },
});
const startedAtMs = stage.stack.clock.now();
const progress = startProgress(stage);
await storm(stage, plan, stop.signal);
if (stop.signal.aborted) progress.say('stopped');
else await finish();
progress.stop();
if (stop.signal.aborted) process.exitCode = 130;

async function finish(): Promise<void> {
  progress.say('the faults are over; healing');
  const healed = await heal(stage, options.healMinutes * 60_000, stop.signal);
  if (stop.signal.aborted) return;
  progress.say(healed.inTime ? 'healed' : 'not healed in time');

  const verdict = await judge(stage, healed, startedAtMs, witness.testify(), record);
  for (const line of summary(plan, verdict)) console.log(line);
  if (verdict.checks.every(holds)) return;
  console.log(`What differs, with the plan, the diary and all logs: ${await keepEvidence(stage, plan, verdict)}`);
  process.exitCode = 1;
}

import { parseArgs } from 'node:util';
import { compareSent } from '../../local/once/compare.ts';
import { balance, holds } from './account.ts';
import { keepEvidence } from './evidence.ts';
import { heal } from './heal.ts';
import { openStage } from './open-stage.ts';
import { makePlan, planLines } from './plan.ts';
import { readBooks, readCalm } from './read-books.ts';
import { storm } from './storm.ts';
import { createWitness } from './witness.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 86_400_000)) },
    speed: { type: 'string', default: '20' },
    stream: { type: 'boolean', default: false },
  },
});
const plan = makePlan({ seed: Number(values.seed), minutes: Number(values.minutes), speed: Number(values.speed) });
console.log(
  `torture: ${plan.minutes} minutes of faults, seed ${plan.seed}, the local clock ${plan.speed} times as fast\n`,
);
for (const line of planLines(plan)) console.log(line);
console.log('');

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());
const startedAt = performance.now();
const progress = (line: string) =>
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(5)} s  ${line}`);

const witness = createWitness();
await using stage = await openStage(plan, witness, values.stream ? { stream: 'on' } : {});
const startedAtMs = stage.stack.clock.now();
progress('the stack is up');
const ticker = setInterval(() => {
  const { distinct, attempts, delivered, pending } = stage.x.sent.counts();
  progress(
    `X has ${distinct} events, ${delivered} delivered, ${pending} pending, ${attempts} attempts; ${new Date(stage.stack.clock.now()).toISOString()}`,
  );
}, 10_000);
void stage.stack.died.then((sentence) => progress(`DIED ${sentence}`));
await storm(stage, plan, stop.signal);
progress('the faults are over');
const healed = await heal(stage, progress);
clearInterval(ticker);
const stored = await Array.fromAsync(stage.readers.reader.events.between());
const comparison = compareSent(stage.x.sent.events.values(), stored);
const books = await readBooks(stage, startedAtMs);
const { checks, ...terms } = balance(books, witness.testify(), stage.account.garbage);
const calm = await readCalm(stage, healed.calm);
console.log(
  comparison.sent,
  comparison.stored,
  comparison.lost,
  comparison.duplicates,
  books,
  terms,
  stage.account.forged,
  stage.account.repeats,
  calm,
);
for (const check of checks) console.log(holds(check) ? 'ok  ' : 'FAIL', check.name, check.left, check.right);
for (const gap of healed.gaps) console.log(gap.gapId, gap.state, gap.reason);
if (comparison.lost > 0 || comparison.duplicates > 0 || !checks.every(holds) || healed.unhealed.length > 0) {
  console.log(await keepEvidence(stage, { plan, comparison, gaps: healed.gaps, checks }));
  process.exitCode = 1;
}

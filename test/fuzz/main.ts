import { parseArgs } from 'node:util';
import { runFuzz } from './run/run-fuzz.ts';
import { summarize } from './run/summary.ts';

/** `npm run fuzz -- --inputs N --seed S`: needs no network. Exits 1 when an input breaks a property. */
const { values } = parseArgs({
  options: { inputs: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } },
});
const [inputs, seed] = [Number(values.inputs), Number(values.seed)];
if (!Number.isInteger(inputs) || inputs < 1 || !Number.isInteger(seed)) {
  console.error('Usage: npm run fuzz -- [--inputs N] [--seed S], both whole numbers, N at least 1.');
  process.exit(2);
}

const startedMs = performance.now();
let done = 0;
const reports = await runFuzz({
  inputs,
  seed,
  onReport(report) {
    done += report.inputs;
    console.log(`${done} of ${inputs} inputs`);
    if (report.failure === undefined) return;
    const again = `npm run fuzz -- --inputs 10000 --seed ${report.seed}`;
    console.error(`A property is broken. The same again: ${again}\n${report.failure}`);
  },
});
console.log(summarize(reports, (performance.now() - startedMs) / 1000));
process.exitCode = reports.some(({ failure }) => failure !== undefined) ? 1 : 0;

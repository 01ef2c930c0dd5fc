/**
 * `npm run bench [-- NAME…] [--accept] [--docs]`: runs the benchmarks (the named ones only), then writes docs/benchmarks.md
 * and the README's figures. `--accept` makes what was measured the committed figures; `--docs` runs nothing.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { judge, readCommittedFigures, writeCommittedFigures } from './support/bounds.ts';
import { writeDocumentation } from './support/documentation.ts';
import { readReport, removeReport } from './support/report.ts';

const projectDir = join(import.meta.dirname, '../..');

/** The benchmarks are the scripts `bench:…` of package.json, in their order. */
async function benchNames(): Promise<readonly string[]> {
  const { scripts }: { scripts: Readonly<Record<string, string>> } = JSON.parse(
    await readFile(join(projectDir, 'package.json'), 'utf8'),
  );
  return Object.keys(scripts).flatMap((script) => (script.startsWith('bench:') ? [script.slice(6)] : []));
}

/** False when a bound is broken. Throws when there is no report: the benchmark itself failed. */
async function runBench(name: string): Promise<boolean> {
  await removeReport(name);
  const child = spawn(process.execPath, [join(import.meta.dirname, `${name}.ts`)], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  await readReport(name).catch((cause: unknown) => {
    throw new Error(`bench:${name} failed; the lines above say why.`, { cause });
  });
  return code === 0;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { accept: { type: 'boolean', default: false }, docs: { type: 'boolean', default: false } },
});
const all = await benchNames();
const unknown = positionals.filter((name) => !all.includes(name));
if (unknown.length > 0) throw new Error(`No benchmark ${unknown.join(', ')}; there are ${all.join(', ')}.`);

const broken: string[] = [];
for (const name of values.docs ? [] : all.filter((one) => positionals.length === 0 || positionals.includes(one))) {
  if (!(await runBench(name))) broken.push(name);
}
const reports = await Promise.all(
  all.map((name) =>
    readReport(name).catch((cause: unknown) => {
      throw new Error(`build/bench has no result of ${name}: run npm run bench -- ${name}.`, { cause });
    }),
  ),
);
if (values.accept) {
  const figures = reports.map(({ name, figures }) => [
    name,
    Object.fromEntries(figures.map((one) => [one.name, one.value])),
  ]);
  await writeCommittedFigures({ ...(await readCommittedFigures()), ...Object.fromEntries(figures) });
}
// By what is committed now: the reports were judged before.
const committed = await readCommittedFigures();
await writeDocumentation(
  reports.map((report) => ({
    ...report,
    figures: report.figures.map((figure) => judge(committed[report.name] ?? {}, figure)),
  })),
);
console.log(`\ndocs/benchmarks.md is written${values.accept ? ', test/bench/bounds.json accepted' : ''}.`);
if (broken.length > 0 && !values.accept) {
  console.log(`Bounds broken: ${broken.join(', ')}.`);
  process.exitCode = 1;
}

/** `npm run bench:init`: what a cold start costs, beside an empty function and beside the SDK's clients alone. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FunctionBundle } from '../../infra/bundle.ts';
import type { FirstAnswer } from './init/fresh-process.ts';
import { bundleFloors } from './support/floors.ts';
import { inTurns } from './support/in-turns.ts';
import { httpDelivery, sqsBatch } from './support/invocations.ts';
import { startNullAws } from './support/null-aws-process.ts';
import { median, sum } from './support/percentiles.ts';
import { reportBench } from './support/report-bench.ts';
import { buildStack } from './support/stack-functions.ts';
import { type Parts, withParts } from './support/with-parts.ts';

const run = promisify(execFile);
const secret = 'bench-client-secret';
const budgetMs = 60_000;
const freshProcess = join(import.meta.dirname, 'init/fresh-process.ts');

interface Candidate {
  readonly name: string;
  readonly bundle: FunctionBundle;
  readonly environment: Readonly<Record<string, string>>;
  /** `undefined`: its first answer needs more than an AWS that says yes; only its import is looked at. */
  readonly event: string | undefined;
}

const delivery = { bytes: 2048, number: 1 };
const firstEvents: Readonly<Record<string, string>> = {
  'receive-webhook': JSON.stringify(httpDelivery(secret, delivery)),
  'record-events': JSON.stringify(sqsBatch([delivery])),
};
const floorOf = (name: string) => `${name}-clients`;

/** Every function, and after each the clients that it opens at its start, where test/bench/floors has them. */
async function makeCandidates(parts: Parts): Promise<readonly Candidate[]> {
  const dir = await parts.directory();
  const { functions, variables } = await buildStack(dir, await startNullAws(parts, secret), { stream: 'on' });
  const floors = await bundleFloors(join(dir, 'floors'));
  const empty = floors.get('empty');
  return [
    ...(empty === undefined ? [] : [{ name: 'empty', bundle: empty, environment: variables, event: '{}' }]),
    ...[...functions.values()].flatMap(({ bundle, environment }) => {
      const floor = floors.get(floorOf(bundle.name));
      const own = { name: bundle.name, bundle, environment, event: firstEvents[bundle.name] };
      return floor === undefined ? [own] : [{ ...own, name: floor.name, bundle: floor }, own];
    }),
  ];
}

async function measure({ bundle, environment, event }: Candidate): Promise<FirstAnswer> {
  const args = [freshProcess, join(bundle.dir, 'index.mjs'), ...(event === undefined ? [] : [event])];
  const { stdout } = await run(process.execPath, args, { env: environment });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

await withParts(async (parts) => {
  const candidates = await makeCandidates(parts);
  const results = await inTurns(candidates, measure, { budgetMs, atLeast: 5 });
  const measured = candidates.map((candidate) => {
    const runs = results.get(candidate) ?? [];
    const of = (key: keyof FirstAnswer) => median(runs.map((one) => one[key])) / 1000;
    const keys = { initCpu: of('initCpu'), initWall: of('initWall'), answerCpu: of('answerCpu') };
    return { ...candidate, ...keys, answerWall: of('answerWall'), turns: runs.length };
  });
  const byName = new Map(measured.map((one) => [one.name, one]));
  const beside = (name: string, key: 'initCpu' | 'answerCpu') =>
    (byName.get(name)?.[key] ?? Number.NaN) / (byName.get(floorOf(name))?.[key] ?? Number.NaN);
  const compared = measured.filter(({ name }) => byName.has(floorOf(name)));
  const shownRatio = (name: string, key: 'initCpu' | 'answerCpu') =>
    byName.has(floorOf(name)) ? { ratio: beside(name, key) } : {};

  await reportBench({
    name: 'init',
    title: 'Cold starts',
    goal: 'the receiver at most 1.25 times the CPU time of its SDK clients alone, to the end of its import and to its first answer.',
    rows: measured.map(({ name, bundle, event, initCpu, initWall, answerCpu, answerWall }) => ({
      bundle: name,
      'at start kB': bundle.initBytes / 1000,
      'all kB': sum(Object.values(bundle.files)) / 1000,
      'import CPU ms': initCpu,
      'import wall ms': initWall,
      'import × clients': shownRatio(name, 'initCpu').ratio ?? '–',
      ...(event === undefined
        ? {}
        : {
            'first answer CPU ms': answerCpu,
            'first answer wall ms': answerWall,
            'answer × clients': shownRatio(name, 'answerCpu').ratio ?? '–',
          }),
    })),
    figures: compared.flatMap(({ name, event }) => {
      const goal = name === 'receive-webhook' ? { goal: 1.25, headline: true } : {};
      const figure = { unit: 'ratio', better: 'lower', ...goal } as const;
      const init = { ...figure, name: `${name}, import beside its SDK clients`, value: beside(name, 'initCpu') };
      const answer = {
        ...figure,
        name: `${name}, first answer beside its SDK clients`,
        value: beside(name, 'answerCpu'),
      };
      return event === undefined ? [init] : [init, answer];
    }),
    notes: [
      `A fresh process of Node for each measurement, without a compile cache, as Lambda starts one. \`…-clients\` are the SDK clients
that the function above it opens and the calls that its first answer takes, bundled with the same options and nothing else. The first
answer counts from the start of the process: a signed delivery of 2 KB with its secret still unknown; a batch of one message. Medians of
${measured[0]?.turns} turns, every candidate once a turn. What the watcher and the stream's reader answer first needs an X and is not measured.`,
      `What keeps it small: one bundle of ES modules with what is rarely needed in chunks of its own (S3's client, the dead-letter queue's);
SQS's client is made at the first delivery. The watcher carries X's SDK and the rules of gaps; it runs on a schedule, where nobody waits.`,
    ],
  });
});

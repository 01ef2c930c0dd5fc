/** `npm run bench:receive`: CPU and wall time of one verified delivery in the receiver's bundle, beside two floors. */
import { join } from 'node:path';
import type { RunOrder, RunResult } from './receive/measured-process.ts';
import { type Child, startChild } from './support/child.ts';
import { bundleFloors } from './support/floors.ts';
import { inTurns } from './support/in-turns.ts';
import { startNullAws } from './support/null-aws-process.ts';
import { median } from './support/percentiles.ts';
import { reportBench } from './support/report-bench.ts';
import { buildStack } from './support/stack-functions.ts';
import { type Parts, withParts } from './support/with-parts.ts';

const secret = 'bench-client-secret';
const sizes = [2048, 8192, 65_536];
const perTurn = 25;
const warmUps = 12;
const budgetMs = 60_000;

const names = { hmac: 'bare HMAC', sender: 'smallest handler on SendMessage', receiver: 'receive-webhook' };
type Name = keyof typeof names;

type Candidate = Child<RunOrder, RunResult>;

async function startCandidates(parts: Parts): Promise<Readonly<Record<Name, Candidate>>> {
  const dir = await parts.directory();
  const stack = await buildStack(dir, await startNullAws(parts, secret));
  const sender = (await bundleFloors(join(dir, 'floors'))).get('smallest-sender');
  const receiver = stack.functions.get('receive-webhook');
  if (sender === undefined || receiver === undefined) throw new Error('There is nothing to compare.');
  const file = join(import.meta.dirname, 'receive/measured-process.ts');
  const start = async (candidate: string): Promise<Candidate> =>
    parts.own(await startChild(file, [candidate, secret], receiver.environment));
  return {
    hmac: await start('hmac'),
    sender: await start(join(sender.dir, 'index.mjs')),
    receiver: await start(join(receiver.bundle.dir, 'index.mjs')),
  };
}

/** Of one delivery, in microseconds. */
async function measure(child: Candidate, bytes: number): Promise<RunResult> {
  const { cpuMicros, wallMicros } = await child.ask({ bytes, count: perTurn });
  return { cpuMicros: cpuMicros / perTurn, wallMicros: wallMicros / perTurn };
}

await withParts(async (parts) => {
  const children = await startCandidates(parts);
  const candidates = sizes.flatMap((bytes) =>
    (['hmac', 'sender', 'receiver'] as const).map((name) => ({ name, bytes })),
  );
  const run = ({ name, bytes }: (typeof candidates)[number]) => measure(children[name], bytes);
  await inTurns(candidates, run, { budgetMs: 0, atLeast: warmUps });
  const results = await inTurns(candidates, run, { budgetMs, atLeast: 10 });

  const medians = candidates.map((candidate) => {
    const runs = results.get(candidate) ?? [];
    const of = (key: keyof RunResult) => median(runs.map((one) => one[key]));
    return { ...candidate, cpu: of('cpuMicros'), wall: of('wallMicros'), turns: runs.length };
  });
  const floorOf = (bytes: number, floor: Name) =>
    medians.find((one) => one.name === floor && one.bytes === bytes) ?? { cpu: Number.NaN, wall: Number.NaN };
  const kB = (bytes: number) => `${bytes / 1024} KB`;
  await reportBench({
    name: 'receive',
    title: 'Receiving a delivery',
    goal: 'at most 1.15 times the CPU time of the smallest handler that hands a body to SQS.',
    rows: medians.map(({ name, bytes, cpu, wall }) => ({
      body: kB(bytes),
      candidate: names[name],
      'CPU µs': cpu,
      'wall µs': wall,
      'CPU × HMAC': cpu / floorOf(bytes, 'hmac').cpu,
      'CPU × smallest': cpu / floorOf(bytes, 'sender').cpu,
      'wall × smallest': wall / floorOf(bytes, 'sender').wall,
    })),
    figures: medians
      .filter(({ name }) => name === 'receiver')
      .map(({ bytes, cpu }) => ({
        name: `${kB(bytes)} delivery, CPU beside the smallest handler`,
        value: cpu / floorOf(bytes, 'sender').cpu,
        unit: 'ratio',
        better: 'lower',
        goal: 1.15,
        headline: bytes === sizes[0],
      })),
    notes: [
      `The bundle that is deployed, in a process of its own, is handed HTTP API events one after the other, as Lambda does it;
SQS and Secrets Manager are a process that keeps nothing. The smallest handler has the same SQS client and sends the body with
nothing else: no proof, no attributes. Medians of ${medians[0]?.turns} turns of ${perTurn} deliveries, every candidate once a turn;
CPU is user and system time of the whole process.`,
      `What limits it: nearly all is the SDK's own work for one call, in both handlers. What the receiver adds is the HMAC, looking
for characters that SQS refuses, six message attributes and the time limit of the call. Tried: a search for forbidden code units
instead of a match of all allowed ones (nearly twice as fast on 64 KB), the size of a text body from its bytes instead of counting it
again (both kept); a test of four bytes at a time (twice as fast again, not worth its lines); leaving out middy (within the noise).`,
    ],
  });
});

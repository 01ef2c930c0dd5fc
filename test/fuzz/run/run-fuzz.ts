import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { ChunkOrder, ChunkReport } from './chunk.ts';

export interface FuzzOptions {
  readonly inputs: number;
  readonly seed: number;
  readonly onReport: (report: ChunkReport) => void;
}

/** Small enough that progress shows and that a seed is soon repeated. */
const inputsPerChunk = 10_000;

/** Chunk number n of a run has the seed `seed + n`, so that it can be run alone. */
function ordersOf({ inputs, seed }: FuzzOptions): ChunkOrder[] {
  return Array.from({ length: Math.ceil(inputs / inputsPerChunk) }, (_, index) => ({
    seed: seed + index,
    inputs: Math.min(inputsPerChunk, inputs - index * inputsPerChunk),
  }));
}

/** Runs the inputs in one process for each core. Resolves with the reports; a failure lets no further chunk begin. */
export async function runFuzz(options: FuzzOptions): Promise<readonly ChunkReport[]> {
  const orders = ordersOf(options).reverse();
  const reports: ChunkReport[] = [];

  const work = async () => {
    const child = fork(join(import.meta.dirname, 'worker.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const exited = once(child, 'exit');
    for (let order = orders.pop(); order !== undefined; order = orders.pop()) {
      child.send(order);
      const reported = once(child, 'message').then(([report]: ChunkReport[]) => report);
      const report = (await Promise.race([reported, exited.then(() => undefined)])) ?? crashed(order);
      reports.push(report);
      options.onReport(report);
      if (report.failure !== undefined) orders.length = 0;
    }
    child.disconnect();
    await exited;
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), orders.length) }, work));
  return reports;
}

function crashed(order: ChunkOrder): ChunkReport {
  const nothing = { statuses: {}, bytes: 0, events: 0, slowest: { ms: 0, bytes: 0, recipe: '' } };
  return {
    ...order,
    ...nothing,
    inputs: 0,
    failure: 'The process of this chunk ended: a crash or an unhandled rejection.',
  };
}

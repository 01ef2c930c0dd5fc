import { pathToFileURL } from 'node:url';

// A function's first seconds, in a process of its own. Arguments: the bundle; the first event as JSON, or nothing where
// only the import is looked at. Times are in microseconds; CPU is that of the whole process, compiling included.

export interface FirstAnswer {
  readonly initCpu: number;
  readonly initWall: number;
  /** From the start of the process. Without an event: to the end of the import. */
  readonly answerCpu: number;
  readonly answerWall: number;
}

const [, , entry = '', event] = process.argv;
const cpu = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return user + system;
};

const cpuBefore = process.cpuUsage();
const wallBefore = performance.now();
const { handler } = await import(pathToFileURL(entry).href);
const initCpu = cpu(cpuBefore);
const initWall = (performance.now() - wallBefore) * 1000;
if (event !== undefined) {
  const answer: unknown = await handler(JSON.parse(event), { getRemainingTimeInMillis: () => 60_000 });
  if (isFailure(answer)) throw new Error(`The first answer is a failure: ${JSON.stringify(answer)}`);
}
const result: FirstAnswer = { initCpu, initWall, answerCpu: cpu(), answerWall: performance.now() * 1000 };
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));

function isFailure(answer: unknown): boolean {
  const { statusCode = 200, batchItemFailures = [] }: { statusCode?: unknown; batchItemFailures?: unknown } =
    Object(answer);
  return statusCode !== 200 || !Array.isArray(batchItemFailures) || batchItemFailures.length > 0;
}

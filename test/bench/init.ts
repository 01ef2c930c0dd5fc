/** `npm run bench:init [-- --runs N]`: how large each function's bundle is, and how long a fresh process takes to load it. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { bundleFunctions } from '../../infra/bundle.ts';

const run = promisify(execFile);

/** Enough for every function to start; nothing is called. */
const environment = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  SECRET_ARNS: '{"default":"bench"}',
  QUEUE_URL: 'http://127.0.0.1/000000000000/deliveries',
  DEAD_LETTER_QUEUE_URL: 'http://127.0.0.1/000000000000/dead-letters',
  EVENTS_TABLE: 'events',
  CARRIED_POSTS_TABLE: 'carried-posts',
  LEDGER_TABLE: 'ledger',
  BODIES_BUCKET: 'bodies',
  ANSWER_LOG: 'none',
  LEDGER_RETENTION_DAYS: '400',
  PAYLOAD_ENCODING: 'plain',
};

const loadAndTime = `
  const startedAt = performance.now();
  const { handler } = await import(process.argv[1]);
  if (typeof handler !== 'function') throw new Error('no handler');
  console.log(performance.now() - startedAt);
`;

/** Milliseconds that a fresh process takes to import the bundle in `dir`, clients at module scope included. */
async function initMs(dir: string): Promise<number> {
  const entry = pathToFileURL(join(dir, 'index.mjs')).href;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', loadAndTime, entry], {
    env: environment,
  });
  return Number(stdout);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const { values } = parseArgs({ options: { runs: { type: 'string', default: '15' } } });
const workDir = await mkdtemp(join(tmpdir(), 'gapless-bench-init-'));
try {
  const emptyDir = join(workDir, 'empty');
  await mkdir(emptyDir);
  await writeFile(join(emptyDir, 'index.mjs'), 'export const handler = async () => {};');
  const bundles = await bundleFunctions({ outDir: join(workDir, 'functions') });
  const candidates = [{ name: '(empty handler)', dir: emptyDir, initBytes: 0, files: {} }, ...bundles];

  // In turns, so that a slow moment of the machine meets all of them.
  const timings = new Map<string, number[]>(candidates.map(({ name }) => [name, []]));
  for (let turn = 0; turn < Number(values.runs); turn += 1) {
    for (const { name, dir } of candidates) timings.get(name)?.push(await initMs(dir));
  }

  const kB = (bytes: number) => (bytes / 1000).toFixed(1);
  const results = candidates.map(({ name, initBytes, files }) => {
    const totalBytes = Object.values(files).reduce((sum, bytes) => sum + bytes, 0);
    return { name, initBytes, totalBytes, initMs: median(timings.get(name) ?? []) };
  });
  console.log(`Node ${process.version}, minified, median of ${values.runs} fresh processes`);
  console.table(
    results.map(({ name, initBytes, totalBytes, initMs: ms }) => ({
      function: name,
      'at start (kB)': kB(initBytes),
      'all chunks (kB)': kB(totalBytes),
      'init (ms)': ms.toFixed(1),
    })),
  );
  const [empty, ...functions] = results;
  const beyond = functions.map(({ name, initMs: ms }) => `${name} ${(ms - (empty?.initMs ?? 0)).toFixed(1)} ms`);
  console.log(`init beyond an empty handler: ${beyond.join(', ')}`);
} finally {
  await rm(workDir, { recursive: true, force: true });
}

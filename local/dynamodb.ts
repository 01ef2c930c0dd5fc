import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { GaplessError } from '../shared/errors.ts';
import { dynamoDbLocal } from './dynamodb/dynamodb-local.ts';
import { dynoxide } from './dynamodb/dynoxide.ts';
import type { DynamoDbEngine } from './dynamodb/engine.ts';
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
 * DynamoDB on this machine: dynoxide, AWS's DynamoDB Local where `DYNAMODB_LOCAL_DIR` names its folder, or whatever
 * `AWS_ENDPOINT_URL_DYNAMODB` points at. Throws `LOCAL_START_FAILED` when there is none or it does not start.
 */
export async function startDynamoDb({ dataDir, port = 0 }: DynamoDbOptions = {}): Promise<Emulator> {
  const given = process.env.AWS_ENDPOINT_URL_DYNAMODB;
  if (given !== undefined && given !== '') return { url: given, died: neverDies, close: async () => {} };
  const folder = process.env.DYNAMODB_LOCAL_DIR;
  const engine = folder === undefined || folder === '' ? dynoxide() : dynamoDbLocal(folder);
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });

  for (let attempt = 1; ; attempt += 1) {
    const started = await start(engine, port === 0 ? await freePort() : port, dataDir);
    if (typeof started !== 'string') return started;
    // Another program can take the port between the question and the start; anything else comes again.
    if (attempt === 3) {
      throw new GaplessError('LOCAL_START_FAILED', `DynamoDB (${engine.command}) did not start: ${started}`);
    }
  }
}

async function start(engine: DynamoDbEngine, port: number, dataDir: string | undefined): Promise<Emulator | string> {
  // A group of its own: Ctrl-C reaches the parent only, which ends this one last.
  const child = spawn(engine.command, engine.argumentsFor(port, dataDir), {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const managed = manage(child);
  const listening = engine.listensWhenItSays(port);
  let said = '';
  const listens = new Promise<undefined>((resolve) => {
    child.stderr.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-2000);
      if (said.includes(listening)) resolve(undefined);
    });
  });
  const failure = await Promise.race([listens, managed.exited]);
  if (failure !== undefined) return said.trim() || failure;

  let closing = false;
  return {
    url: `http://127.0.0.1:${port}`,
    died: new Promise((resolve) => {
      void managed.exited.then(
        (how) => closing || resolve(`DynamoDB (${engine.name}) ended by itself: ${how} ${said}`.trim()),
      );
    }),
    async close() {
      closing = true;
      await managed.stop();
    },
  };
}

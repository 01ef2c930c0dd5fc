import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DynamoDbEngine } from './engine.ts';

/**
 * AWS's DynamoDB Local (docs.aws.amazon.com, DynamoDB developer guide, "usage notes") in a folder as AWS packs it. Needs
 * Java 17. It keeps the tables of each access key apart, and listens on every interface, unlike all else here.
 */
export function dynamoDbLocal(folder: string): DynamoDbEngine {
  return {
    name: 'DynamoDB Local',
    command: 'java',
    argumentsFor: (port, dataDir) => [
      `-Djava.library.path=${join(folder, 'DynamoDBLocal_lib')}`,
      // It lives for minutes: starting soon matters more than running fast.
      ...['-XX:TieredStopAtLevel=1', '-Xmx512m'],
      ...['-jar', join(folder, 'DynamoDBLocal.jar'), '-port', String(port), '-disableTelemetry'],
      ...(dataDir === undefined ? ['-inMemory'] : ['-dbPath', dataDir]),
    ],
    // It says nothing when it listens.
    async listens(child, port) {
      while (child.exitCode === null && child.signalCode === null && !(await answers(port))) await pause(50);
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}

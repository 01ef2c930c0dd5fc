import { join } from 'node:path';
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
      `-Dlog4j2.configurationFile=${join(import.meta.dirname, 'dynamodb-local.log4j2.properties')}`,
      // It lives for minutes: starting soon matters more than running fast.
      ...['-XX:TieredStopAtLevel=1', '-Xmx512m'],
      ...['-jar', join(folder, 'DynamoDBLocal.jar'), '-port', String(port), '-disableTelemetry'],
      ...(dataDir === undefined ? ['-inMemory'] : ['-dbPath', dataDir]),
    ],
    listensWhenItSays: (port) => `{0.0.0.0:${port}}`,
  };
}

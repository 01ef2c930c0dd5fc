import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { type CloudWatch, startCloudWatch } from '../../local/cloudwatch/index.ts';
import { type Emulators, startEmulators } from '../support/emulators.ts';
import { gapless } from './gapless-process.ts';
import { listen } from './listen.ts';
import { playCloudFormation } from './play-cloud-formation.ts';
import { recordBodies } from './record-bodies.ts';
import { postBody } from './stored-bodies.ts';

const dayMs = 86_400_000;
const yesterday = new Date(Date.now() - dayMs).toISOString().slice(0, 10);

describe('gapless report of a deployed stack', () => {
  let emulators: Emulators;
  let cloudWatch: CloudWatch;
  let env: Readonly<Record<string, string>> = {};
  const outputs: Record<string, string> = {};
  const cloudFormation = createServer(playCloudFormation({ Mine: outputs }));

  before(async () => {
    emulators = await startEmulators();
    cloudWatch = await startCloudWatch({ clock: { now: Date.now } });
    const { names } = emulators;
    Object.assign(outputs, {
      WebhookUrl: 'https://hooks.example.org/webhooks/x',
      EventsTableName: names.eventsTable,
      CarriedPostsTableName: names.carriedPostsTable,
      LedgerTableName: names.ledgerTable,
      DeliveriesQueueUrl: emulators.deliveriesQueueUrl,
      DeadLetterQueueUrl: emulators.deadLetterQueueUrl,
      BodiesBucketName: names.bucket,
      AppSecretArns: '{"default":"arn:default"}',
      ApiTokenSecretArns: '{"default":"arn:default-tokens"}',
    });
    env = {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_CLOUDFORMATION: await listen(cloudFormation),
      AWS_ENDPOINT_URL_CLOUDWATCH: cloudWatch.url,
      AWS_ENDPOINT_URL_DYNAMODB: emulators.dynamodb.endpoint,
      AWS_ENDPOINT_URL_SQS: emulators.sqs.endpoint,
    };
    const receivedAt = `${yesterday}T10:00:00.000Z`;
    await recordBodies(emulators, [postBody({ id: '1', at: receivedAt })], receivedAt);
    accept(2);
  });
  after(async () => {
    cloudFormation.close();
    await cloudWatch.close();
    await emulators.close();
  });

  const accept = (count: number) => {
    const metric = { namespace: 'Gapless/Mine', name: 'DeliveriesAccepted', dimensions: { path: '/webhooks/x' } };
    cloudWatch.putMetric(metric, count, Date.parse(`${yesterday}T10:00:00.000Z`));
  };
  const report = () => gapless(['report', '--stack', 'Mine', '--day', yesterday, '--json'], { env });

  test('reads the receiver’s count of this stack from CloudWatch, and bears a small difference', async () => {
    const { code, out, notes } = await report();

    const { day, total, accounting } = JSON.parse(out);
    assert.deepEqual([code, notes, day], [0, '', yesterday]);
    assert.deepEqual([total.accepted, total.recorded], [2, 1]);
    assert.deepEqual([accounting.difference, accounting.tolerance, accounting.holds], [1, 20, true]);
  });

  test('ends with 1 where more is missing than that', async () => {
    accept(20);
    const { code, out, notes } = await report();

    assert.equal(code, 1);
    assert.equal(JSON.parse(out).accounting.difference, 21);
    assert.match(notes, new RegExp(`The numbers of ${yesterday} do not agree\\. 21 deliveries accepted`));
  });
});

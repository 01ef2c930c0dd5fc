import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { createPermissionRecord, type NeededPermission } from '../../local/iam/permission-record.ts';
import { sdkConfig } from '../../local/sdk-config.ts';
import { queueUrl } from '../../local/sqs-s3.ts';
import { createSqsClient } from '../../shared/aws/clients/sqs.ts';
import { toMessageAttributes } from '../../shared/aws/delivery-message.ts';
import { parseStackOutputs } from '../../shared/aws/stack-outputs.ts';
import { checkPermissions } from '../support/iam/check-permissions.ts';
import { type Grant, grantedPermissions } from '../support/iam/granted-permissions.ts';
import { synthesizeOnce } from '../support/local-stack.ts';
import { floodPosts } from '../support/stranger.ts';
import { startWatched, type Watched } from './gaps/driver.ts';

/** Larger than DynamoDB's item, and larger than SQS's message. */
const sizes = [500_000, 1_200_000];

describe("the functions' permissions", () => {
  const record = createPermissionRecord();
  let watched: Watched;
  let granted: readonly Grant[];
  before(async () => {
    watched = await startWatched({ onCall: record.onCall });
    granted = await grantedPermissions(await synthesizeOnce(), watched.stack);
  });
  after(() => watched.close());

  /** A message whose body is gone from the bucket. */
  const sendLostCheck = async () => {
    const { stack } = watched;
    const client = createSqsClient(sdkConfig(stack.endpoints.sqs));
    const name = parseStackOutputs(stack.outputs, 'The local stack').deliveriesQueueUrl.split('/').at(-1) ?? '';
    const receivedAt = new Date(watched.now()).toISOString();
    const attributes = {
      app: 'default',
      via: 'webhook',
      scheme: 'oauth2',
      receivedAt,
      traceId: 'lost',
      encoding: 's3',
    };
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl(stack.endpoints.sqs, name),
        MessageBody: '{"key":"deliveries/2026-11-21/lost","bytes":1}',
        MessageAttributes: toMessageAttributes(attributes),
      }),
    );
    client.destroy();
  };

  test('are all needed, and nothing is needed that they lack, in deliveries of all sizes, an outage and its replay', async () => {
    const { stack, x, webhookId, minutes, healed } = watched;
    for (const bytes of sizes) {
      const follow = { type: 'follow', note: 'x'.repeat(bytes) };
      await x.emit({ body: JSON.stringify({ for_user_id: '29010112', follow_events: [follow] }), webhookId });
    }
    await sendLostCheck();
    await floodPosts({ url: stack.webhookUrl, count: 5 });
    stack.functions.named('ReceiveWebhook').pause();
    await minutes(2);
    stack.functions.named('ReceiveWebhook').resume();
    await minutes(12);
    await healed();

    assert.deepEqual(await checkPermissions(record.needed(), granted), { missing: [], unused: [], idleReasons: [] });
  });

  test('would be found missing, and found unused', async () => {
    const [first, ...others] = record.needed();
    assert.ok(first);
    const stranger: NeededPermission = { ...first, action: 'dynamodb:DeleteTable', resource: '*' };
    const table = granted.find(({ action }) => action === 'dynamodb:PutItem')?.resource ?? '';
    const wanted = { ...stranger, resource: table };
    assert.deepEqual((await checkPermissions([wanted], granted)).missing, [wanted]);
    const used = granted.filter(({ functionId, action }) => functionId === first.functionId && action === first.action);
    assert.deepEqual((await checkPermissions(others, used)).unused, used);
  });
});

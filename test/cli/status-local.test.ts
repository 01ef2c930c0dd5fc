import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { createDynamoDbClient } from '../../shared/aws/clients/dynamodb.ts';
import { createSqsClient } from '../../shared/aws/clients/sqs.ts';
import { createWatchLedger } from '../../shared/aws/watch-ledger.ts';
import type { Emulators } from '../support/emulators.ts';
import { detectedGap, nowMs } from './gap-project.ts';
import { gapless } from './gapless-process.ts';
import { type LocalProject, standingClock, startLocalProject } from './local-project.ts';
import { recordBodies } from './record-bodies.ts';
import { messageBody, postBody } from './stored-bodies.ts';

const dayMs = 86_400_000;
const isoDaysAgo = (days: number) => new Date(nowMs - days * dayMs).toISOString();

describe('gapless status --local', () => {
  const [now, yesterday, longAgo] = [isoDaysAgo(0), isoDaysAgo(1), isoDaysAgo(30)];
  let project: LocalProject;
  before(async () => {
    project = await startLocalProject({ default: '{}', second: '{}' }, undefined, {
      more: { clock: standingClock(nowMs) },
    });
    const { emulators } = project;
    const bodies = [
      postBody({ id: '1', at: now }),
      postBody({ id: '2', at: yesterday }),
      postBody({ id: '2', at: yesterday }),
      postBody({ id: '3', at: longAgo }),
      messageBody('4', Date.parse(yesterday), 'a secret'),
    ];
    await recordBodies(emulators, bodies, now);
    await watchWith(emulators, now);
    const client = createSqsClient(emulators.sqs);
    const send = (QueueUrl: string) => client.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
    await Promise.all([
      send(emulators.deliveriesQueueUrl),
      send(emulators.deliveriesQueueUrl),
      send(emulators.deadLetterQueueUrl),
    ]);
    client.destroy();
  });
  after(() => project.close());

  const status = (...args: readonly string[]) => gapless(['status', '--local', ...args], { cwd: project.directory });

  test('says in one line of JSON what is stored, what waits and when a delivery came last', async () => {
    const { code, out, notes } = await status('--json');

    assert.deepEqual([code, notes], [0, '']);
    const { stack, ...rest } = JSON.parse(out);
    assert.match(stack, /^the local stack of .*local\.json$/);
    assert.deepEqual(rest, {
      webhookUrl: 'http://127.0.0.1:1/webhooks/x',
      stored: { 'dm.received': 1, 'post.create': 3 },
      days: [
        { day: now.slice(0, 10), stored: { 'post.create': 1 } },
        { day: yesterday.slice(0, 10), stored: { 'dm.received': 1, 'post.create': 1 } },
      ],
      queue: { waiting: 2, inFlight: 0 },
      deadLetters: { waiting: 1, inFlight: 0 },
      lastDeliveryAt: { default: now, second: null },
      watch: {
        default: { unfinishedGaps: 1, lastGoodAt: now },
        second: { unfinishedGaps: 0, lastGoodAt: null },
      },
    });
  });

  test('shows people the same as lines and a table', async () => {
    const { code, out } = await status();

    assert.equal(code, 0);
    assert.match(out, /^webhook +http:\/\/127\.0\.0\.1:1\/webhooks\/x$/m);
    assert.match(out, /^last delivery +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}app default$/m);
    assert.match(out, /^last delivery +none {2}app second$/m);
    assert.match(out, /^gaps +1 unfinished, newest good heartbeat \d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}app default$/m);
    assert.match(out, /^gaps +0 unfinished, newest good heartbeat none yet {2}app second$/m);
    assert.match(out, /^queue +2 waiting$/m);
    assert.match(out, /^dead letters +1 waiting for a person$/m);
    assert.match(out, new RegExp(`^type .* stored +${now.slice(0, 10)} +${yesterday.slice(0, 10)}$`, 'm'));
    assert.match(out, /^post\.create +3 +1 +1$/m);
    assert.match(out, /^dm\.received +1 +0 +1$/m);
    assert.match(out, /^all +4 +1 +2$/m);
  });
});

/** What a tick of the watcher leaves: a proof of `provenAt`, and a gap that is not finished. */
async function watchWith({ dynamodb, names }: Emulators, provenAt: string): Promise<void> {
  const client = createDynamoDbClient(dynamodb);
  const clock = { now: () => nowMs };
  const ledger = createWatchLedger({ client, table: names.ledgerTable, clock, retentionDays: 30 });
  const before = await ledger.load('default');
  const state = { ...before.state, lastGoodAtMs: Date.parse(provenAt) };
  assert.ok(await ledger.save(before, { state, gaps: [detectedGap(20, null)] }));
  client.destroy();
}

describe('gapless status of a new stack', () => {
  let project: LocalProject;
  before(async () => {
    project = await startLocalProject({ default: '{}' });
  });
  after(() => project.close());

  test('says that nothing is stored yet', async () => {
    const { code, out } = await gapless(['status', '--local'], { cwd: project.directory });

    assert.equal(code, 0);
    assert.match(out, /^No events are stored yet\.$/m);
    assert.match(out, /^queue +0 waiting$/m);
  });
});

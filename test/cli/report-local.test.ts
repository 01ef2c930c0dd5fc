import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { type CloudWatch, startCloudWatch } from '../../local/cloudwatch/index.ts';
import { createSqsClient } from '../../shared/aws/clients/sqs.ts';
import { detectedGap, type GapProject, minutesAgo, nowMs, startGapProject } from './gap-project.ts';
import { recordBodies } from './record-bodies.ts';
import { postBody } from './stored-bodies.ts';

const iso = (minutes: number) => new Date(minutesAgo(minutes)).toISOString();
const day = '2026-11-21';

describe('gapless report --local', () => {
  let project: GapProject;
  let cloudWatch: CloudWatch;
  before(async () => {
    cloudWatch = await startCloudWatch({ clock: { now: () => nowMs } });
    project = await startGapProject({ cloudwatchEndpoint: cloudWatch.url });
    const live = ['1', '2', '3'].map((id) => postBody({ id, at: iso(200) }));
    const missed = postBody({ id: '4', at: iso(195) });
    await recordBodies(project.emulators, live, iso(200));
    await recordBodies(project.emulators, [...live, missed], iso(65));
    accept('/webhooks/x', 200, 3);
    accept('/webhooks/x', 65, 4);
    accept('/webhooks/x/second', 64, 1);
    await send(project.emulators.deliveriesQueueUrl);

    const tick = await project.ledger.load('default');
    const healed = detectedGap(199, 190, { state: 'healed', attempts: 1, recovered: 1 });
    assert.ok(await project.ledger.save(tick, { ...tick, gaps: [healed, detectedGap(3000, 2990)] }));
  });
  after(async () => {
    await project.close();
    await cloudWatch.close();
  });

  const accept = (path: string, minutes: number, count: number) => {
    const metric = { namespace: 'Gapless/Gapless', name: 'DeliveriesAccepted', dimensions: { path } };
    cloudWatch.putMetric(metric, count, minutesAgo(minutes));
  };
  const send = async (QueueUrl: string) => {
    const client = createSqsClient(project.emulators.sqs);
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
    client.destroy();
  };
  const report = async (...args: readonly string[]) => {
    const { code, out, notes } = await project.gapless(['report', '--json', ...args]);
    return { code, notes, ...JSON.parse(out.join('')) };
  };

  test('accounts for a day by the hour, in one line of JSON', async () => {
    const { code, notes, hours, total, accounting, gaps } = await report();

    assert.deepEqual([code, notes], [0, '']);
    assert.equal(hours.length, 12);
    assert.deepEqual(hours[8], {
      hour: `${day}T08:00:00.000Z`,
      accepted: 3,
      recorded: 3,
      events: 3,
      stored: 3,
      duplicates: 0,
      unknown: 0,
      live: { stored: 3, duplicates: 0 },
      replay: { deliveries: 0, stored: 0, duplicates: 0 },
      stream: { recorded: 0, backfilled: 0, stored: 0, duplicates: 0 },
      storedBy: { webhook: 3, stream: 0, replay: 0, backfill: 0 },
      duplicatesBy: { retry: 0, replay: 0, otherWay: 0 },
      minutes: { withDeliveries: 1, quiet: 50, inGap: 9 },
    });
    assert.deepEqual(hours[10].replay, { deliveries: 4, stored: 1, duplicates: 3 });
    assert.deepEqual([total.accepted, total.recorded, total.stored, total.duplicates], [8, 7, 4, 3]);
    assert.deepEqual(accounting, {
      until: `${day}T11:59:00.000Z`,
      accepted: 8,
      recorded: 7,
      inFlight: 1,
      deadLettered: 0,
      difference: 0,
      tolerance: 0,
      eventsDifference: 0,
      holds: true,
    });
    assert.deepEqual(
      gaps.map(({ from, state, recovered }: Readonly<Record<string, unknown>>) => [from, state, recovered]),
      [[iso(199), 'healed', 1]],
    );
  });

  test('shows people the same', async () => {
    const { code, out } = await project.gapless(['report']);

    const text = out.join('\n');
    assert.equal(code, 0);
    assert.match(
      text,
      /^hour +accepted +recorded +events +stored +duplicate +by replay +min\. busy +quiet +in a gap$/m,
    );
    assert.match(text, /^10:00 +5 +4 +4 +1 +3 +4 +1 +59 +0$/m);
    assert.match(text, /^all +8 +7 +7 +4 +3 +4 +2 +709 +9$/m);
    assert.match(text, /^deliveries .*accepted 8 = recorded 7 \+ up to 1 in flight \+ 0 dead-lettered now: holds/m);
    assert.match(text, /^events +found = stored \+ duplicate: holds$/m);
    assert.match(text, /^came +3 stored live \(75\.0 %\), 1 by replay \(25\.0 %\)$/m);
    assert.match(text, /^replays +4 deliveries brought 4 events: 1 stored, 3 duplicate$/m);
    assert.match(text, /^Gaps of this day, .*:$/m);
    assert.match(text, /heartbeat +healed +1 +1 /);
  });

  test('reports one app', async () => {
    const { total } = await report('--app', 'second');

    assert.deepEqual([total.accepted, total.recorded], [1, 0]);
  });

  test('says that nothing was measured on a day for which there are no metrics', async () => {
    const { out } = await project.gapless(['report', '--day', '2026-11-10']);

    assert.match(out.join('\n'), /^all +- +0 /m);
    assert.match(out.join('\n'), /accepted - = .*not judged/);
    assert.match(out.join('\n'), /No gap touches this day/);
  });

  test('refuses what is no day', async () => {
    const { code, notes } = await project.gapless(['report', '--day', '2026-11-22']);

    assert.equal(code, 2);
    assert.match(notes, /has not begun/);
  });

  test('ends with 1 when a delivery was accepted and is nowhere, after the whole report', async () => {
    accept('/webhooks/x', 30, 2);
    const { code, notes, accounting } = await report();

    assert.deepEqual([code, accounting.difference, accounting.holds], [1, 2, false]);
    assert.match(notes, /2 deliveries accepted and neither recorded nor in a queue/);
  });
});

describe('gapless report of a stack that reads the stream', () => {
  let project: GapProject;
  before(async () => {
    project = await startGapProject();
    const bodies = ['1', '2', '3', '4'].map((id) => postBody({ id, at: iso(5) }));
    await recordBodies(project.emulators, bodies.slice(0, 2), iso(5));
    await recordBodies(project.emulators, bodies.slice(0, 3), iso(5), 'stream');
    await recordBodies(project.emulators, bodies.slice(2), iso(5), 'backfill');
  });
  after(() => project.close());

  test('says by which way events came first, and why they came again', async () => {
    const { out } = await project.gapless(['report']);
    const text = out.join('\n');
    assert.match(text, /accepted - = recorded 2 /);
    assert.match(text, /^stream +5 lines recorded, 2 of them filled back: 2 stored, 3 duplicate$/m);
    assert.match(text, /^first +2 by the webhook, 1 by the stream, 0 by replay, 1 filled back$/m);
    assert.match(text, /^duplicates +1 the same way again, 0 by replay, 2 by the other way$/m);
  });
});

describe('gapless report of a stack without metrics', () => {
  let project: GapProject;
  before(async () => {
    project = await startGapProject();
    await recordBodies(project.emulators, [postBody({ id: '1', at: iso(5) })], iso(5));
  });
  after(() => project.close());

  test('shows what the recorder counted, and judges nothing', async () => {
    const { code, out } = await project.gapless(['report']);

    assert.equal(code, 0);
    assert.match(out.join('\n'), /^all +- +1 +1 +1 /m);
    assert.match(out.join('\n'), /accepted - = recorded 1 .*not judged/);
  });
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { CloudWatchServiceException, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { minute, noon, query, startedCloudWatch } from './started-cloudwatch.ts';

const refused = { namespace: 'Gapless/Test', name: 'DeliveriesRefused', dimensions: {} };
const age = { namespace: 'AWS/SQS', name: 'ApproximateAgeOfOldestMessage', dimensions: { QueueName: 'deliveries' } };

describe('the SDK reads from the local CloudWatch', () => {
  test('each statistic of a minute', async (t) => {
    const { cloudWatch, read } = await startedCloudWatch(t);
    for (const value of [4, 1, 7]) cloudWatch.putMetric(refused, value);

    assert.deepEqual(await read(refused, 'Sum'), [[0, 12]]);
    assert.deepEqual(await read(refused, 'Maximum'), [[0, 7]]);
    assert.deepEqual(await read(refused, 'Average'), [[0, 4]]);
    assert.deepEqual(await read(refused, 'SampleCount'), [[0, 3]]);
  });

  test('minutes from StartTime, rounded down, to EndTime, exclusive', async (t) => {
    const { cloudWatch, clock, ask } = await startedCloudWatch(t);
    clock.at = noon + 5 * minute;
    for (const at of [0, 1, 2, 3]) cloudWatch.putMetric(refused, at + 10, noon + at * minute);

    const [found] = await ask({
      StartTime: new Date(noon + minute + 40_000),
      EndTime: new Date(noon + 3 * minute),
      MetricDataQueries: [query('refused', refused)],
    });

    assert.deepEqual(found?.Timestamps, [new Date(noon + minute), new Date(noon + 2 * minute)]);
    assert.deepEqual(found?.Values, [11, 12]);
    assert.equal(found?.StatusCode, 'Complete');
    assert.equal(found?.Label, 'DeliveriesRefused');
  });

  test('the newest first unless asked otherwise, in periods of several minutes', async (t) => {
    const { cloudWatch, clock, ask } = await startedCloudWatch(t);
    clock.at = noon + 10 * minute;
    for (const at of [0, 4, 5, 9]) cloudWatch.putMetric(refused, at + 1, noon + at * minute);

    const [found] = await ask({ ScanBy: undefined, MetricDataQueries: [query('refused', refused, 'Sum', 300)] });

    assert.deepEqual(found?.Timestamps, [new Date(noon + 5 * minute), new Date(noon)]);
    assert.deepEqual(found?.Values, [16, 6]);
  });

  test('several metrics at once, each apart by namespace, name and all of its dimensions', async (t) => {
    const { cloudWatch, ask } = await startedCloudWatch(t);
    const two = { ...refused, dimensions: { app: 'default', stage: 'live' } };
    cloudWatch.putMetric(refused, 1);
    cloudWatch.putMetric({ ...refused, namespace: 'Other' }, 2);
    cloudWatch.putMetric(two, 4);

    const found = await ask({
      MetricDataQueries: [
        query('plain', refused),
        query('turned', { ...refused, dimensions: { stage: 'live', app: 'default' } }),
        query('partial', { ...refused, dimensions: { app: 'default' } }),
        query('unheard', { ...refused, name: 'Unheard' }),
      ],
    });

    assert.deepEqual(
      found.map(({ Id, Values, Timestamps }) => [Id, Values, Timestamps?.length]),
      [
        ['plain', [1], 1],
        ['turned', [4], 1],
        ['partial', [], 0],
        ['unheard', [], 0],
      ],
    );
  });

  test('a gauge, as it is now and as it probably was in the minute before', async (t) => {
    const { cloudWatch, clock, read } = await startedCloudWatch(t);
    const seen = [30, 90];
    cloudWatch.gauge(age, async () => seen.shift() ?? 0);
    clock.at = noon + 5 * minute;

    assert.deepEqual(await read(age, 'Maximum'), [
      [4, 30],
      [5, 30],
    ]);
    clock.at += minute;
    assert.deepEqual(await read(age, 'Maximum'), [
      [4, 30],
      [5, 30],
      [6, 90],
    ]);
  });

  test('a gauge once for all queries of one call', async (t) => {
    const { cloudWatch, ask } = await startedCloudWatch(t);
    let looks = 0;
    cloudWatch.gauge(age, async () => {
      looks += 1;
      return 30;
    });

    await ask({ MetricDataQueries: [query('max', age, 'Maximum'), query('mean', age, 'Average')] });

    assert.equal(looks, 1);
  });

  test('no value of a gauge whose service does not answer', async (t) => {
    const { cloudWatch, read } = await startedCloudWatch(t);
    cloudWatch.gauge(age, () => Promise.reject(new Error('the queue is down')));

    assert.deepEqual(await read(age, 'Maximum'), []);
  });

  test('a minute only when the lag is over', async (t) => {
    const { cloudWatch, clock, read } = await startedCloudWatch(t, 3 * minute);
    cloudWatch.putMetric(refused, 1);

    clock.at = noon + 3 * minute - 1;
    assert.deepEqual(await read(refused), []);
    clock.at = noon + 3 * minute;
    assert.deepEqual(await read(refused), [[0, 1]]);
  });
});

describe('the local CloudWatch refuses', () => {
  const statistic = query('p', refused);
  const cases = [
    ['statistics that it does not keep', query('p', refused, 'p99'), 'LocalUnsupported', /p99/],
    ['periods under a minute', query('p', refused, 'Sum', 10), 'LocalUnsupported', /whole minutes/],
    ['expressions', { Id: 'e', Expression: 'SUM(METRICS())' }, 'LocalUnsupported', /Expression of a query/],
    ['units', { Id: 'u', MetricStat: { ...statistic.MetricStat, Unit: 'Count' } }, 'LocalUnsupported', /Unit/],
    ['Ids that AWS refuses', query('Refused', refused), 'ValidationException', /"Refused"/],
    ['metrics without a name', query('n', { ...refused, name: '' }), 'ValidationException', /MetricName/],
  ] as const;
  for (const [what, wrong, name, message] of cases) {
    test(what, async (t) => {
      const { ask } = await startedCloudWatch(t);
      // The SDK types units and the like; here they come as a caller of any language may send them.
      const MetricDataQueries = JSON.parse(JSON.stringify([wrong]));
      await assert.rejects(ask({ MetricDataQueries }), { name, message });
    });
  }

  test('times that make no sense or lie too far back', async (t) => {
    const { ask } = await startedCloudWatch(t);
    const MetricDataQueries = [statistic];
    const at = (ms: number) => new Date(noon + ms);
    const day = 24 * 60 * minute;

    await assert.rejects(ask({ StartTime: at(0), EndTime: at(0), MetricDataQueries }), { name: 'ValidationException' });
    await assert.rejects(ask({ StartTime: at(-4 * day), MetricDataQueries }), /three days/);
    await assert.rejects(
      ask({ StartTime: at(minute), MetricDataQueries: [query('p', refused, 'Sum', 300)] }),
      /between two periods/,
    );
  });

  test('no query, two of one Id, and options that it does not play', async (t) => {
    const { ask } = await startedCloudWatch(t);
    await assert.rejects(ask({ MetricDataQueries: [] }), /1 to 500/);
    await assert.rejects(ask({ MetricDataQueries: [statistic, statistic] }), /same Id/);
    await assert.rejects(ask({ MetricDataQueries: [statistic], MaxDatapoints: 5 }), /MaxDatapoints/);
  });

  test('other calls, by name, at the first try', async (t) => {
    const { client } = await startedCloudWatch(t);
    const refusal = await client.send(new DescribeAlarmsCommand({})).catch((error: unknown) => error);
    assert.ok(refusal instanceof CloudWatchServiceException);
    assert.equal(refusal.name, 'LocalUnsupported');
    assert.match(refusal.message, /DescribeAlarms/);
    assert.equal(refusal.$metadata.attempts, 1);
  });
});

test('the local CloudWatch outlives a caller that goes away amid its call', async (t) => {
  const { cloudWatch, read } = await startedCloudWatch(t);
  cloudWatch.putMetric(refused, 1);
  const socket = connect(Number(new URL(cloudWatch.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.end('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{');
  await once(socket.resume(), 'close');

  assert.deepEqual(await read(refused), [[0, 1]]);
});

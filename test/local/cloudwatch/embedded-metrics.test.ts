import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { readEmbeddedMetrics } from '../../../local/cloudwatch/embedded-metrics.ts';
import { noon, startedCloudWatch } from './started-cloudwatch.ts';

const line = (more: object = {}, directive: object = {}) =>
  JSON.stringify({
    _aws: {
      Timestamp: noon,
      CloudWatchMetrics: [
        {
          Namespace: 'Gapless/Test',
          Dimensions: [['service'], ['service', 'app']],
          Metrics: [{ Name: 'EventsStored', Unit: 'Count' }, { Name: 'Latency' }],
          ...directive,
        },
      ],
    },
    service: 'record',
    app: 'default',
    EventsStored: 7,
    Latency: [1, 5],
    ...more,
  });

describe('embedded metrics', () => {
  test('are read in every set of their dimensions, at their own time', async (t) => {
    const { cloudWatch, clock, read } = await startedCloudWatch(t);
    clock.at += 5 * 60_000;
    cloudWatch.observeLogLine(line());
    const stored = (dimensions: Readonly<Record<string, string>>) => ({
      namespace: 'Gapless/Test',
      name: 'EventsStored',
      dimensions,
    });

    assert.deepEqual(await read(stored({ service: 'record' })), [[0, 7]]);
    assert.deepEqual(await read(stored({ service: 'record', app: 'default' })), [[0, 7]]);
    assert.deepEqual(await read(stored({})), []);
    const latency = { ...stored({ service: 'record' }), name: 'Latency' };
    assert.deepEqual(await read(latency, 'Average'), [[0, 3]]);
    assert.deepEqual(await read(latency, 'SampleCount'), [[0, 2]]);
  });

  test('are read as Powertools prints them', () => {
    const metrics = new Metrics({ namespace: 'Gapless/Test', serviceName: 'record' });
    metrics.addMetric('EventsStored', MetricUnit.Count, 7);

    const [point, ...more] = readEmbeddedMetrics(JSON.stringify(metrics.serializeMetrics()));

    assert.deepEqual(point?.metric, {
      namespace: 'Gapless/Test',
      name: 'EventsStored',
      dimensions: { service: 'record' },
    });
    assert.equal(point?.value, 7);
    assert.deepEqual(more, []);
  });

  test('are not found in other lines', () => {
    for (const other of ['', 'text', '{"level":"INFO"}', '"CloudWatchMetrics"', '{"CloudWatchMetrics":1}', '{"a":']) {
      assert.deepEqual(readEmbeddedMetrics(other), []);
    }
  });

  const broken = {
    'a value': line({ EventsStored: undefined }),
    'a number as a value': line({ EventsStored: '7' }),
    'numbers only in a list of values': line({ Latency: [1, 'x'] }),
    'a dimension': line({ app: undefined }),
    'a namespace': line({}, { Namespace: '' }),
    'a time': line({ _aws: { CloudWatchMetrics: [] } }),
  };
  for (const [what, text] of Object.entries(broken)) {
    test(`without ${what} are refused, since CloudWatch would drop them`, () => {
      assert.throws(() => readEmbeddedMetrics(text), { code: 'LOCAL_UNSUPPORTED' });
    });
  }
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { readMetricFilter } from '../../../local/cloudwatch/read-metric-filter.ts';
import { minute, startedCloudWatch } from './started-cloudwatch.ts';

const transformation = { MetricNamespace: 'Gapless/Test', MetricName: 'DeliveriesRefused', MetricValue: '1' };
const filter = (FilterPattern: string, more: object = {}) => ({
  logicalId: 'Refused',
  properties: {
    FilterPattern,
    LogGroupName: 'access-log',
    MetricTransformations: [{ ...transformation, ...more }],
  },
});
const posts = '{ $.method = "POST" }';
const refused = { namespace: 'Gapless/Test', name: 'DeliveriesRefused', dimensions: {} };

describe('a metric filter', () => {
  test('counts the entries of its log group that it matches, in the minutes in which they come', async (t) => {
    const { cloudWatch, clock, read } = await startedCloudWatch(t);
    cloudWatch.setMetricFilters([filter('{ ($.method = "POST") && ($.status = "5*" || $.status = "429") }')]);
    const observe = (method: string, status: string, logGroup = 'access-log') =>
      cloudWatch.observeLogEntry({ method, status }, logGroup);

    for (const status of ['500', '503', '429', '200', '401']) observe('POST', status);
    observe('GET', '500');
    observe('POST', '500', 'another-log');
    clock.at += minute;
    observe('POST', '502');

    assert.deepEqual(await read(refused), [
      [0, 3],
      [1, 1],
    ]);
  });

  test('gives its default value to a minute in which entries came and none matched', async (t) => {
    const { cloudWatch, clock, read } = await startedCloudWatch(t);
    cloudWatch.setMetricFilters([filter(posts, { DefaultValue: 0 })]);
    cloudWatch.observeLogEntry({ method: 'GET' }, 'access-log');
    clock.at += minute;
    cloudWatch.observeLogEntry({ method: 'GET' }, 'access-log');
    cloudWatch.observeLogEntry({ method: 'POST' }, 'access-log');
    cloudWatch.observeLogEntry({ method: 'GET' }, 'access-log');
    clock.at += minute;

    assert.deepEqual(await read(refused), [
      [0, 0],
      [1, 1],
    ]);
    assert.deepEqual(await read(refused, 'SampleCount'), [
      [0, 1],
      [1, 1],
    ]);
  });

  test('takes its value and its dimensions from the entry', async (t) => {
    const { cloudWatch, read } = await startedCloudWatch(t);
    const dimensions = [{ Key: 'path', Value: '$.at.path' }];
    cloudWatch.setMetricFilters([filter(posts, { MetricValue: '$.latencyMs', Dimensions: dimensions })]);
    cloudWatch.observeLogEntry({ method: 'POST', latencyMs: 12, at: { path: '/a' } }, 'access-log');
    cloudWatch.observeLogEntry({ method: 'POST', latencyMs: 30, at: { path: '/b' } }, 'access-log');

    assert.deepEqual(await read({ ...refused, dimensions: { path: '/a' } }), [[0, 12]]);
    assert.deepEqual(await read({ ...refused, dimensions: { path: '/b' } }), [[0, 30]]);
    const observe = (entry: object) => () => cloudWatch.observeLogEntry({ method: 'POST', ...entry }, 'access-log');
    assert.throws(observe({ latencyMs: '12', at: { path: '/a' } }), /Refused takes \$\.latencyMs.*not a number/);
    assert.throws(observe({ latencyMs: 12 }), /Refused takes \$\.at\.path.*not a text/);
  });

  test('gives way to those that are set later', async (t) => {
    const { cloudWatch, read } = await startedCloudWatch(t);
    cloudWatch.setMetricFilters([filter(posts)]);
    cloudWatch.setMetricFilters([filter('{ $.method = "GET" }')]);
    cloudWatch.observeLogEntry({ method: 'POST' }, 'access-log');

    assert.deepEqual(await read(refused), []);
  });

  test('is read as CDK writes it', async (t) => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'Stack');
    new MetricFilter(stack, 'Filter', {
      logGroup: new LogGroup(stack, 'Log', { logGroupName: 'access-log' }),
      filterPattern: FilterPattern.all(
        FilterPattern.stringValue('$.method', '=', 'POST'),
        FilterPattern.any(
          FilterPattern.stringValue('$.status', '=', '5*'),
          FilterPattern.numberValue('$.bytes', '>', 1000),
        ),
      ),
      metricNamespace: refused.namespace,
      metricName: refused.name,
    });
    const { Properties } = Object.values(Template.fromStack(stack).findResources('AWS::Logs::MetricFilter'))[0] ?? {};
    const { cloudWatch, read } = await startedCloudWatch(t);
    cloudWatch.setMetricFilters([{ logicalId: 'Filter', properties: { ...Properties, LogGroupName: 'access-log' } }]);

    cloudWatch.observeLogEntry({ method: 'POST', status: '503', bytes: 1 }, 'access-log');
    cloudWatch.observeLogEntry({ method: 'POST', status: '200', bytes: 2000 }, 'access-log');
    cloudWatch.observeLogEntry({ method: 'POST', status: '200', bytes: 1 }, 'access-log');

    assert.deepEqual(await read(refused), [[0, 2]]);
  });
});

describe('a metric filter is refused', () => {
  const { properties } = filter(posts);
  const wrong = {
    'for a property that is not known': { ...properties, ApplyOnTransformedLogs: true },
    'without a log group': { ...properties, LogGroupName: { Ref: 'Log' } },
    'without a transformation': { ...properties, MetricTransformations: [] },
    'for a value that is neither number nor place': filter(posts, { MetricValue: '$latency' }).properties,
    'for a member of the transformation that is not known': filter(posts, { Rate: 1 }).properties,
    'for a default that is no number': filter(posts, { DefaultValue: 'none' }).properties,
    'for a default beside dimensions': filter(posts, { DefaultValue: 0, Dimensions: [{ Key: 'a', Value: '$.a' }] })
      .properties,
    'for a pattern that is not known': filter('ERROR').properties,
  };
  for (const [what, found] of Object.entries(wrong)) {
    test(what, () => {
      assert.throws(() => readMetricFilter({ logicalId: 'Refused', properties: found }), { code: 'LOCAL_UNSUPPORTED' });
    });
  }
});

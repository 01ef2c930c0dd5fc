import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { metricNames as streamMetricNames } from '../../functions/read-stream/env.ts';
import { metricNames, metricsNamespace } from '../../functions/record-events/env.ts';
import { metricNames as watchMetricNames } from '../../functions/watch-gaps/env.ts';
import { type SynthesizedTemplate, synthesized } from './synthesized.ts';

const root = join(import.meta.dirname, '../..');

describe('alarms', () => {
  let template: SynthesizedTemplate;
  let headings: ReadonlyMap<string, string>;
  const alarms = () => template.ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);

  before(async () => {
    template = await synthesized({ alarmEmail: 'ops@example.com', stackName: 'Second', stream: 'on' });
    const runbook = await readFile(join(root, 'docs/runbook.md'), 'utf8');
    const sections = runbook.split(/^## /m).slice(1);
    headings = new Map(
      sections.map((section) => {
        const [heading = ''] = section.split('\n');
        return [heading.toLowerCase().replaceAll(' ', '-'), section];
      }),
    );
  });

  test('say what is at stake and point to a section of the runbook that helps', () => {
    for (const { AlarmDescription } of alarms()) {
      const parts = /^(?<impact>.{40,}\.) What to do: docs\/runbook\.md#(?<anchor>[a-z-]+)$/.exec(
        AlarmDescription,
      )?.groups;
      assert.ok(parts, AlarmDescription);
      const section = headings.get(parts.anchor ?? '');
      assert.ok(section, `docs/runbook.md has a heading for ${parts.anchor}`);
      for (const part of ['What it means', 'Look at', 'Mend', 'Prevent'])
        assert.ok(section.includes(`**${part}.**`), part);
    }
  });

  test('and the sections of the runbook belong to each other', () => {
    const anchors = alarms().map(({ AlarmDescription }) => AlarmDescription.split('#')[1]);
    assert.deepEqual([...headings.keys()].sort(), anchors.sort());
  });

  const watchedOfStream: readonly string[] = [
    streamMetricNames.behind,
    streamMetricNames.breaks,
    streamMetricNames.disconnects,
  ];

  test('watch each part of the way', () => {
    const metrics = alarms().map(({ Namespace, MetricName }) => `${Namespace} ${MetricName}`);
    assert.deepEqual(metrics.sort(), [
      'AWS/ApiGateway 4xx',
      'AWS/ApiGateway 5xx',
      'AWS/Lambda Errors',
      'AWS/Lambda Errors',
      'AWS/Lambda Throttles',
      'AWS/SQS ApproximateAgeOfOldestMessage',
      'AWS/SQS ApproximateNumberOfMessagesVisible',
      ...[metricNames.failures, ...Object.values(watchMetricNames), ...watchedOfStream]
        .map((name) => `${metricsNamespace} ${name}`)
        .sort(),
    ]);
  });

  test('read the metrics of this stack’s own functions, whatever runs beside it', () => {
    const serviceOf = (variable: string) =>
      template.ofType('AWS::Lambda::Function').find(({ Properties }) => variable in Properties.Environment.Variables)
        ?.Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME;
    const [recorder, watcher] = [serviceOf('EVENTS_TABLE'), serviceOf('WEBHOOK_URLS')];
    const reader = serviceOf('STREAM_SESSION_SECONDS');
    assert.match(recorder, /Second/);
    assert.match(watcher, /Second/);
    for (const { MetricName, Dimensions } of alarms().filter(({ Namespace }) => Namespace === metricsNamespace)) {
      const ofOthers = watchedOfStream.includes(MetricName) ? reader : watcher;
      const Value = MetricName === metricNames.failures ? recorder : ofOthers;
      assert.deepEqual(Dimensions, [{ Name: 'service', Value }], MetricName);
    }
  });

  test('ring when the watcher or the reader say nothing any more, and otherwise take silence for peace', () => {
    const missing = alarms().filter(({ TreatMissingData }) => TreatMissingData !== 'notBreaching');
    assert.deepEqual(
      missing.map(({ MetricName, TreatMissingData }) => [MetricName, TreatMissingData]),
      [
        [watchMetricNames.watchFailures, 'breaching'],
        [streamMetricNames.behind, 'breaching'],
      ],
    );
  });

  test('warn at three quarters of the replay horizon, while there is time', () => {
    const alarm = alarms().find(({ MetricName }) => MetricName === watchMetricNames.recoverabilityShare);
    assert.deepEqual([alarm?.Threshold, alarm?.EvaluationPeriods, alarm?.Statistic], [0.75, 1, 'Maximum']);
  });

  test('ring at the first dead letter', () => {
    const alarm = alarms().find(({ MetricName }) => MetricName === 'ApproximateNumberOfMessagesVisible');
    const { Threshold, EvaluationPeriods, ComparisonOperator } = alarm ?? {};
    assert.deepEqual([Threshold, EvaluationPeriods, ComparisonOperator], [1, 1, 'GreaterThanOrEqualToThreshold']);
    const queue = template.resources.get(alarm?.Dimensions[0].Value['Fn::GetAtt'][0]);
    assert.equal(queue?.Properties.RedrivePolicy, undefined);
  });

  test('reach a topic that CloudWatch may publish to, and the e-mail address', () => {
    const [subscription] = template.ofType('AWS::SNS::Subscription');
    assert.equal(subscription?.Properties.Endpoint, 'ops@example.com');
    for (const { AlarmActions, OKActions } of alarms()) {
      assert.deepEqual(AlarmActions, [subscription?.Properties.TopicArn]);
      assert.deepEqual(OKActions, AlarmActions);
    }
    const [policy] = template.ofType('AWS::SNS::TopicPolicy');
    const statements: readonly { Effect: string; Principal: unknown }[] = policy?.Properties.PolicyDocument.Statement;
    assert.ok(
      statements.some(
        ({ Effect, Principal }) => Effect === 'Allow' && JSON.stringify(Principal).includes('cloudwatch'),
      ),
    );
  });
});

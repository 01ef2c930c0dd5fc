import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { envNames, parseEnv } from '../../functions/watch-gaps/env.ts';
import { type SynthesizedTemplate, synthesized } from './synthesized.ts';

describe('the watcher', () => {
  let template: SynthesizedTemplate;
  const functionOf = () => {
    const [watcher] = [...template.resources].filter(
      ([, { Type, Properties }]) =>
        Type === 'AWS::Lambda::Function' && envNames.webhookUrls in Properties.Environment.Variables,
    );
    assert.ok(watcher);
    return watcher;
  };

  before(async () => {
    template = await synthesized({ apps: 'default,brand', stackName: 'Second', replayHorizonHours: 120 });
  });

  test('runs every minute, each tick once', () => {
    const [rule, ...others] = template.ofType('AWS::Events::Rule');
    assert.deepEqual(others, []);
    assert.equal(rule?.Properties.ScheduleExpression, 'rate(1 minute)');
    const [target] = rule?.Properties.Targets ?? [];
    assert.deepEqual(target.RetryPolicy, { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 });
    assert.deepEqual(target.Arn, { 'Fn::GetAtt': [functionOf()[0], 'Arn'] });
  });

  test('is not run again by Lambda either', () => {
    const [config] = template.ofType('AWS::Lambda::EventInvokeConfig');
    const { FunctionName, MaximumRetryAttempts, MaximumEventAgeInSeconds } = config?.Properties ?? {};
    assert.deepEqual([FunctionName, MaximumRetryAttempts, MaximumEventAgeInSeconds], [{ Ref: functionOf()[0] }, 0, 60]);
  });

  test('ends before the next tick begins', () => {
    assert.ok(functionOf()[1].Properties.Timeout < 60);
  });

  test('gets variables that it understands, the settings among them', () => {
    const variables: Readonly<Record<string, unknown>> = functionOf()[1].Properties.Environment.Variables;
    // References stand for texts; JSON with references in it is joined.
    const filled = Object.entries(variables).map(([name, value]) => {
      if (typeof value === 'string') return [name, value];
      return [name, JSON.stringify(value).includes('Fn::Join') ? '{"default":"…","brand":"…"}' : '…'];
    });
    const { rules, webhookUrls, metricsNamespace } = parseEnv(Object.fromEntries(filled));
    assert.deepEqual([...webhookUrls.keys()], ['default', 'brand']);
    assert.equal(metricsNamespace, 'Gapless/Second');
    assert.equal(rules.horizonMs, 120 * 3_600_000);
    assert.match(JSON.stringify(variables[envNames.webhookUrls]), /webhooks\/x\\+".*webhooks\/x\/brand\\+"/);
  });

  test('is told to the command line with the limits of its replays', () => {
    const limits = { horizonHours: 120, fromEmbargoMinutes: 31, toEmbargoMinutes: 10 };
    assert.deepEqual(JSON.parse(template.outputs.ReplayLimits?.Value), limits);
  });
});

describe('the access log', () => {
  let template: SynthesizedTemplate;
  const filters = () => template.ofType('AWS::Logs::MetricFilter').map(({ Properties }) => Properties);

  before(async () => {
    template = await synthesized({ apps: 'default,brand', stackName: 'Second' });
  });

  test('counts what became of the POSTs to each webhook, by its whole path', () => {
    const patterns = filters().map(({ FilterPattern, MetricTransformations: [{ MetricName }] }) => [
      MetricName,
      FilterPattern,
    ]);
    const of = (path: string, status: string) => `{ ($.method = "POST") && ($.path = "${path}") && ${status} }`;
    const [accepted, refused] = ['($.status = "200")', '(($.status = "5*") || ($.status = "429"))'];
    const expected = ['/webhooks/x', '/webhooks/x/brand'].flatMap((path) => [
      ['DeliveriesAccepted', of(path, accepted)],
      ['DeliveriesRefused', of(path, refused)],
      ['DeliveriesUnauthorized', of(path, '($.status = "401")')],
    ]);
    assert.deepEqual(patterns, expected);
  });

  test('counts one for each, under the stack’s own name, by path', () => {
    for (const { MetricTransformations, LogGroupName } of filters()) {
      const [{ MetricNamespace, MetricValue, Dimensions, DefaultValue }, ...others] = MetricTransformations;
      assert.deepEqual([MetricNamespace, MetricValue, DefaultValue], ['Gapless/Second', '1', undefined]);
      assert.deepEqual(Dimensions, [{ Key: 'path', Value: '$.path' }]);
      assert.deepEqual(others, []);
      assert.match(LogGroupName.Ref, /^WebhookAccessLog/);
    }
  });

  test('has what the filters look at, as texts', () => {
    const [stage] = template.ofType('AWS::ApiGatewayV2::Stage');
    const { method, path, status } = JSON.parse(stage?.Properties.AccessLogSettings.Format);
    assert.deepEqual([method, path, status], ['$context.httpMethod', '$context.path', '$context.status']);
  });
});

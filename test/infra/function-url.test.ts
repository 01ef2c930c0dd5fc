import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type Resource, type SynthesizedTemplate, synthesized } from './synthesized.ts';

const stateful = new Set([
  'AWS::DynamoDB::GlobalTable',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
  'AWS::SNS::Topic',
]);

describe('the stack with a function URL', () => {
  let template: SynthesizedTemplate;
  let withApi: SynthesizedTemplate;
  const environmentOf = ({ Properties }: Resource) => Properties.Environment.Variables;
  const functionWith = (variable: string) => {
    const found = template.ofType('AWS::Lambda::Function').find((one) => variable in environmentOf(one));
    assert.ok(found);
    return found;
  };

  // Synthesis runs cdk-nag: a finding without a reason would reject here.
  before(async () => {
    [template, withApi] = [
      await synthesized({ frontDoor: 'function-url', apps: 'default,shop', receiverConcurrency: '250' }),
      await synthesized({ apps: 'default,shop' }),
    ];
  });

  test('has no API Gateway, and a URL to the receiver that needs no login', () => {
    assert.deepEqual(
      [...template.resources.values()].filter(({ Type }) => Type.startsWith('AWS::ApiGateway')),
      [],
    );
    const [url, ...others] = template.ofType('AWS::Lambda::Url');
    assert.equal(others.length, 0);
    assert.equal(url?.Properties.AuthType, 'NONE');
    const target = template.resources.get(url.Properties.TargetFunctionArn['Fn::GetAtt'][0]);
    assert.equal(target, functionWith('QUEUE_URL'));
  });

  test('lets everybody call the receiver, by the URL only', () => {
    const open = template
      .ofType('AWS::Lambda::Permission')
      .map(({ Properties }) => Properties)
      .filter(({ Principal }) => Principal === '*');
    assert.deepEqual(
      open.map(({ Action, FunctionUrlAuthType, InvokedViaFunctionUrl }) => [
        Action,
        FunctionUrlAuthType ?? InvokedViaFunctionUrl,
      ]),
      [
        ['lambda:InvokeFunctionUrl', 'NONE'],
        ['lambda:InvokeFunction', true],
      ],
    );
    for (const { FunctionName } of open) {
      assert.equal(template.resources.get(FunctionName['Fn::GetAtt'][0]), functionWith('QUEUE_URL'));
    }
  });

  test('gives the receiver no permission that it has not behind an API', () => {
    const policies = ({ ofType }: SynthesizedTemplate) =>
      ofType('AWS::IAM::Role').map(({ Properties }) => Properties.Policies);
    assert.deepEqual(policies(template), policies(withApi));
  });

  test('brakes a flood by the receiver’s own concurrency, which an API’s throttle does otherwise', () => {
    assert.equal(functionWith('QUEUE_URL').Properties.ReservedConcurrentExecutions, 250);
    assert.equal(functionWith('EVENTS_TABLE').Properties.ReservedConcurrentExecutions, undefined);
  });

  test('counts the same metrics as with an API, from the receiver’s own log', () => {
    const filters = ({ ofType }: SynthesizedTemplate) =>
      ofType('AWS::Logs::MetricFilter').map(({ Properties }) => Properties);
    const counted = (one: SynthesizedTemplate) =>
      filters(one).map(({ MetricTransformations, FilterPattern }) => [
        MetricTransformations,
        FilterPattern.replace('($.method = "POST") && ', ''),
      ]);
    assert.equal(counted(template).length, 6);
    assert.deepEqual(counted(template), counted(withApi));
    const receiver = functionWith('QUEUE_URL');
    for (const { LogGroupName } of filters(template)) {
      assert.deepEqual(LogGroupName, receiver.Properties.LoggingConfig.LogGroup);
    }
    assert.equal(environmentOf(receiver).ANSWER_LOG, 'each');
    const { UNLOGGED_FUNCTION, WEBHOOK_URLS } = environmentOf(functionWith('WEBHOOK_URLS'));
    assert.equal(template.resources.get(UNLOGGED_FUNCTION.Ref), receiver);
    assert.match(JSON.stringify(WEBHOOK_URLS), /FunctionUrl.*\/webhooks\/x\/shop/);
  });

  test('has every alarm that it has with an API, on the URL’s own counts', () => {
    const alarms = ({ resources }: SynthesizedTemplate) =>
      [...resources].filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm').map(([id]) => id);
    assert.deepEqual(alarms(template), alarms(withApi));
    const names = template.ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties.MetricName);
    assert.ok(names.includes('Url4xxCount') && names.includes('Url5xxCount'));
  });

  test('keeps everything that holds something when the door is changed', () => {
    const kept = ({ resources }: SynthesizedTemplate) =>
      Object.fromEntries([...resources].filter(([, { Type }]) => stateful.has(Type)));
    assert.equal(Object.keys(kept(withApi)).length, 3 + 1 + 2 + 4 + 1);
    assert.deepEqual(kept(template), kept(withApi));
    const functions = ({ resources }: SynthesizedTemplate) =>
      [...resources].filter(([, { Type }]) => Type === 'AWS::Lambda::Function').map(([id]) => id);
    assert.deepEqual(functions(template), functions(withApi));
  });

  test('names its webhook by the URL', () => {
    assert.match(JSON.stringify(template.outputs.WebhookUrl), /"FunctionUrl"\].*"\/webhooks\/x"/);
  });
});

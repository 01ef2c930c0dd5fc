import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Resource, Template } from '../../local/template/read-template.ts';
import { interpretTemplate } from '../../local/template.ts';

const places = {
  sqsEndpoint: 'http://127.0.0.1:1',
  apiUrl: 'http://127.0.0.1:2',
  secretArn: (name: string) => `arn:secret:${name}`,
};

const resource = (logicalId: string, type: string, properties: Resource['properties'] = {}): Resource => ({
  logicalId,
  type,
  properties,
  metadata: { 'aws:asset:path': 'asset.1' },
});

const template = (resources: readonly Resource[], outputs: Template['outputs'] = {}): Template => ({
  stackName: 'Stack',
  assemblyDir: '/assembly',
  resources,
  outputs,
});

const work = resource('Work', 'AWS::Lambda::Function', {
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  Timeout: 7,
  Code: { S3Bucket: { 'Fn::Sub': 'assets' } },
  Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
  Environment: { Variables: { QUEUE_URL: { Ref: 'Jobs' }, SECRET: { Ref: 'Secret' }, COUNT: 3 } },
});
const jobs = resource('Jobs', 'AWS::SQS::Queue', {
  VisibilityTimeout: 30,
  RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 },
});
const secret = resource('Secret', 'AWS::SecretsManager::Secret');
const mapping = resource('Mapping', 'AWS::Lambda::EventSourceMapping', {
  EventSourceArn: { 'Fn::GetAtt': ['Jobs', 'Arn'] },
  FunctionName: { Ref: 'Work' },
  BatchSize: 5,
  FunctionResponseTypes: ['ReportBatchItemFailures'],
  ScalingConfig: { MaximumConcurrency: 2 },
});

describe('a template', () => {
  test('becomes queues with their redrive policy, and functions with what they are told', () => {
    const model = interpretTemplate(
      template([jobs, resource('Dead', 'AWS::SQS::Queue'), work, secret, mapping]),
      places,
    );

    assert.deepEqual(model.queues[0], {
      name: 'Stack-Jobs',
      attributes: {
        RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:Stack-Dead","maxReceiveCount":3}',
        VisibilityTimeout: '30',
      },
    });
    assert.deepEqual(model.functions, [
      {
        name: 'Stack-Work',
        logicalId: 'Work',
        codeDir: '/assembly/asset.1',
        handler: 'index.handler',
        timeoutSeconds: 7,
        memoryMb: 128,
        logGroup: '/aws/lambda/Stack-Work',
        environment: {
          QUEUE_URL: 'http://127.0.0.1:1/000000000000/Stack-Jobs',
          SECRET: 'arn:secret:Stack-Secret',
          COUNT: '3',
        },
      },
    ]);
    assert.deepEqual(model.eventSources, [
      {
        queueName: 'Stack-Jobs',
        functionName: 'Stack-Work',
        batchSize: 5,
        windowSeconds: 0,
        reportsItemFailures: true,
        maxConcurrency: 2,
      },
    ]);
  });

  test('gives functions other places than people when there are any', () => {
    const outputs = { Url: { Ref: 'Jobs' } };
    const faulty = { ...places, sqsEndpoint: 'http://127.0.0.1:9' };
    const model = interpretTemplate(template([{ ...jobs, properties: {} }, work, secret], outputs), places, faulty);

    assert.equal(model.outputs.Url, 'http://127.0.0.1:1/000000000000/Stack-Jobs');
    assert.equal(model.functions[0]?.environment.QUEUE_URL, 'http://127.0.0.1:9/000000000000/Stack-Jobs');
  });

  test('becomes routes of an HTTP API to the function of their integration', () => {
    const model = interpretTemplate(
      template(
        [
          { ...work, properties: { ...work.properties, Environment: {} } },
          resource('Api', 'AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP', Name: 'x' }),
          resource('Integration', 'AWS::ApiGatewayV2::Integration', {
            ApiId: { Ref: 'Api' },
            IntegrationType: 'AWS_PROXY',
            IntegrationUri: { 'Fn::GetAtt': ['Work', 'Arn'] },
            PayloadFormatVersion: '2.0',
          }),
          resource('Route', 'AWS::ApiGatewayV2::Route', {
            ApiId: { Ref: 'Api' },
            AuthorizationType: 'NONE',
            RouteKey: 'ANY /hooks/{app}',
            Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
          }),
        ],
        { Url: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }, '/hooks']] } },
      ),
      places,
    );

    assert.deepEqual(model.routes, [
      {
        door: 'http-api',
        routeKey: 'ANY /hooks/{app}',
        apiId: 'Stack-Api',
        functionName: 'Stack-Work',
        timeoutMs: 30_000,
      },
    ]);
    assert.equal(model.outputs.Url, 'http://127.0.0.1:2/hooks');
  });

  test('becomes a function URL that takes every path, at an address that ends with a slash', () => {
    const url = (properties: Resource['properties']) =>
      interpretTemplate(
        template(
          [
            { ...work, properties: { ...work.properties, Environment: {} } },
            resource('Url', 'AWS::Lambda::Url', {
              TargetFunctionArn: { 'Fn::GetAtt': ['Work', 'Arn'] },
              ...properties,
            }),
          ],
          { Url: { 'Fn::GetAtt': ['Url', 'FunctionUrl'] } },
        ),
        places,
      );
    const model = url({ AuthType: 'NONE' });

    assert.deepEqual(model.routes, [
      {
        door: 'function-url',
        routeKey: '$default',
        apiId: 'Stack-Url',
        functionName: 'Stack-Work',
        timeoutMs: 900_000,
      },
    ]);
    assert.equal(model.outputs.Url, 'http://127.0.0.1:2/');
    for (const other of [{ AuthType: 'AWS_IAM' }, { Cors: {} }, { InvokeMode: 'RESPONSE_STREAM' }]) {
      assert.throws(() => url(other), { code: 'LOCAL_UNSUPPORTED' });
    }
  });

  test('becomes schedules of both services, unless they are disabled', () => {
    const target = { Arn: { 'Fn::GetAtt': ['Work', 'Arn'] }, RoleArn: 'x', Input: '{"a":1}' };
    const model = interpretTemplate(
      template([
        { ...work, properties: { ...work.properties, Environment: {} } },
        resource('Tick', 'AWS::Scheduler::Schedule', { ScheduleExpression: 'rate(1 minute)', Target: target }),
        resource('Off', 'AWS::Scheduler::Schedule', {
          ScheduleExpression: 'rate(1 minute)',
          State: 'DISABLED',
          Target: target,
        }),
        resource('Rule', 'AWS::Events::Rule', {
          ScheduleExpression: 'rate(2 hours)',
          Targets: [{ Arn: { 'Fn::GetAtt': ['Work', 'Arn'] }, Id: 'one' }],
        }),
      ]),
      places,
    );

    const functionName = 'Stack-Work';
    assert.deepEqual(model.schedules, [
      { name: 'Stack-Tick', functionName, everyMs: 60_000, input: '{"a":1}', source: 'aws.scheduler' },
      { name: 'Stack-Rule', functionName, everyMs: 7_200_000, input: undefined, source: 'aws.events' },
    ]);
  });

  const refused: readonly (readonly [what: string, resources: readonly Resource[], message: RegExp])[] = [
    ['a type that nobody plays', [resource('Topic', 'AWS::Kinesis::Stream')], /Topic \(AWS::Kinesis::Stream\)/],
    ['a property that nobody plays', [jobs, resource('Q', 'AWS::SQS::Queue', { FifoQueue: true })], /Q .*FifoQueue/],
    ['a filter of an event source', [{ ...mapping, properties: { FilterCriteria: {} } }], /FilterCriteria/],
    ['a secret with a value', [resource('S', 'AWS::SecretsManager::Secret', { SecretString: 'x' })], /SecretString/],
    [
      'two doors',
      ['One', 'Two']
        .map((id) => resource(id, 'AWS::Lambda::Url', { AuthType: 'NONE', TargetFunctionArn: 'Stack-Work' }))
        .concat(work, secret, jobs),
      /2 HTTP APIs and function URLs/,
    ],
    ['another runtime', [resource('F', 'AWS::Lambda::Function', { Runtime: 'python3.14' })], /python3\.14/],
    [
      'a cron schedule',
      [
        work,
        jobs,
        secret,
        resource('S', 'AWS::Scheduler::Schedule', {
          ScheduleExpression: 'cron(0 * * * ? *)',
          Target: { Arn: 'Stack-Work' },
        }),
      ],
      /cron/,
    ],
  ];
  for (const [what, resources, message] of refused) {
    test(`with ${what} is refused`, () => {
      assert.throws(() => interpretTemplate(template([...resources, resource('Dead', 'AWS::SQS::Queue')]), places), {
        code: 'LOCAL_UNSUPPORTED',
        message,
      });
    });
  }
});

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type SynthesizedTemplate, synthesized } from './synthesized.ts';

describe('the stack', () => {
  let template: SynthesizedTemplate;
  const only = (type: string) => {
    const [first, ...others] = template.ofType(type);
    assert.ok(first !== undefined && others.length === 0, `one ${type}`);
    return first.Properties;
  };
  const queues = () => {
    const all = template.ofType('AWS::SQS::Queue').map(({ Properties }) => Properties);
    return {
      deliveries: all.find((queue) => queue.RedrivePolicy),
      deadLetters: all.find((queue) => !queue.RedrivePolicy),
    };
  };
  const functionWith = (variable: string) =>
    template
      .ofType('AWS::Lambda::Function')
      .map(({ Properties }) => Properties)
      .find(({ Environment }) => variable in Environment.Variables);
  const receiver = () => functionWith('QUEUE_URL');
  const recorder = () => functionWith('EVENTS_TABLE');
  const watcher = () => functionWith('WEBHOOK_URLS');

  before(async () => {
    template = await synthesized();
  });

  describe('of functions', () => {
    test('runs nodejs24.x on arm64, each with a timeout of its own', () => {
      const functions = template.ofType('AWS::Lambda::Function').map(({ Properties }) => Properties);
      assert.equal(functions.length, 3);
      for (const { Runtime, Architectures, Handler } of functions) {
        assert.deepEqual(
          { Runtime, Architectures, Handler },
          { Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' },
        );
      }
      assert.deepEqual([receiver().MemorySize, receiver().Timeout], [256, 10]);
      assert.deepEqual([recorder().MemorySize, recorder().Timeout], [512, 60]);
      assert.deepEqual([watcher().MemorySize, watcher().Timeout], [256, 50]);
    });

    test('reserves no concurrency, which accounts with the small starting quota could not deploy', () => {
      for (const { Properties } of template.ofType('AWS::Lambda::Function')) {
        assert.equal(Properties.ReservedConcurrentExecutions, undefined);
      }
    });

    test('writes JSON to log groups of their own, which forget after a month', () => {
      const groups = template
        .ofType('AWS::Lambda::Function')
        .map(({ Properties }) => Properties.LoggingConfig.LogGroup.Ref);
      assert.equal(new Set(groups).size, 3);
      for (const { Properties } of template.ofType('AWS::Lambda::Function')) {
        assert.equal(Properties.LoggingConfig.LogFormat, 'JSON');
        assert.equal(Properties.LoggingConfig.SystemLogLevel, 'WARN');
      }
      for (const { Properties } of template.ofType('AWS::Logs::LogGroup')) assert.equal(Properties.RetentionInDays, 30);
    });
  });

  describe('of queues', () => {
    test('gives a try six times the recorder’s timeout, and a failing delivery at least a day', () => {
      const { VisibilityTimeout, RedrivePolicy } = queues().deliveries;
      assert.ok(VisibilityTimeout >= 6 * recorder().Timeout);
      assert.ok(VisibilityTimeout * RedrivePolicy.maxReceiveCount >= 24 * 3600);
    });

    test('keeps deliveries four days and dead letters fourteen, encrypted', () => {
      const { deliveries, deadLetters } = queues();
      assert.equal(deliveries.MessageRetentionPeriod, 4 * 86_400);
      assert.equal(deadLetters.MessageRetentionPeriod, 14 * 86_400);
      assert.ok(deliveries.SqsManagedSseEnabled && deadLetters.SqsManagedSseEnabled);
    });

    test('feeds the recorder, which reports failures one by one and has a limit', () => {
      const { BatchSize, FunctionResponseTypes, ScalingConfig, EventSourceArn } = only(
        'AWS::Lambda::EventSourceMapping',
      );
      assert.deepEqual(FunctionResponseTypes, ['ReportBatchItemFailures']);
      assert.deepEqual([BatchSize, ScalingConfig], [10, { MaximumConcurrency: 50 }]);
      assert.ok(template.resources.get(EventSourceArn['Fn::GetAtt'][0])?.Properties.RedrivePolicy);
    });
  });

  describe('of stores', () => {
    test('has tables on demand with point-in-time recovery, encryption and deletion protection', () => {
      const tables = template.ofType('AWS::DynamoDB::GlobalTable').map(({ Properties }) => Properties);
      assert.equal(tables.length, 3);
      for (const { BillingMode, SSESpecification, Replicas } of tables) {
        assert.equal(BillingMode, 'PAY_PER_REQUEST');
        assert.equal(SSESpecification.SSEEnabled, true);
        assert.equal(Replicas.length, 1);
        assert.equal(Replicas[0].PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled, true);
        assert.equal(Replicas[0].DeletionProtectionEnabled, true);
      }
    });

    test('streams new events, and lets only the ledger forget', () => {
      const tables = template.ofType('AWS::DynamoDB::GlobalTable').map(({ Properties }) => Properties);
      const withStream = tables.filter((table) => table.StreamSpecification);
      const withTtl = tables.filter((table) => table.TimeToLiveSpecification);
      assert.deepEqual(
        withStream.map((table) => [table.KeySchema[0].AttributeName, table.StreamSpecification]),
        [['subjectId', { StreamViewType: 'NEW_IMAGE' }]],
      );
      assert.deepEqual(
        withTtl.map((table) => [table.KeySchema[0].AttributeName, table.TimeToLiveSpecification.AttributeName]),
        [['pk', 'expiresAt']],
      );
    });

    test('has a bucket that nobody reads from outside, and that keeps a body longer than any queue its delivery', () => {
      const { PublicAccessBlockConfiguration, BucketEncryption, LifecycleConfiguration } = only('AWS::S3::Bucket');
      assert.deepEqual([...new Set(Object.values(PublicAccessBlockConfiguration))], [true]);
      assert.ok(BucketEncryption);
      const expiring = LifecycleConfiguration.Rules.filter(
        (rule: { ExpirationInDays?: number }) => rule.ExpirationInDays,
      );
      assert.deepEqual(
        expiring.map((rule: { Prefix: string; ExpirationInDays: number }) => [rule.Prefix, rule.ExpirationInDays]),
        [['deliveries/', 21]],
      );
    });

    test('keeps everything that can hold the only copy of something, even when the stack goes', () => {
      const kept = ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::SecretsManager::Secret'];
      for (const { Type, DeletionPolicy, UpdateReplacePolicy } of kept.flatMap((type) => template.ofType(type))) {
        assert.deepEqual([Type, DeletionPolicy, UpdateReplacePolicy], [Type, 'Retain', 'Retain']);
      }
    });

    test('creates secrets without a value, so that no deploy overwrites one and no template shows one', () => {
      const secrets = template.ofType('AWS::SecretsManager::Secret');
      assert.equal(secrets.length, 2);
      for (const { Properties } of secrets) assert.deepEqual(Object.keys(Properties), ['Description']);
    });
  });

  describe('of the API', () => {
    test('sends every method of both webhook paths to the receiver, and nothing else', () => {
      const routes = template.ofType('AWS::ApiGatewayV2::Route').map(({ Properties }) => Properties.RouteKey);
      assert.deepEqual(routes.sort(), ['ANY /webhooks/x', 'ANY /webhooks/x/{app}']);
      const { PayloadFormatVersion, IntegrationUri } = only('AWS::ApiGatewayV2::Integration');
      assert.equal(PayloadFormatVersion, '2.0');
      assert.deepEqual(template.resources.get(IntegrationUri['Fn::GetAtt'][0])?.Properties, receiver());
    });

    test('throttles, and logs each request without its query string, which holds CRC tokens', () => {
      const { DefaultRouteSettings, AccessLogSettings } = only('AWS::ApiGatewayV2::Stage');
      assert.deepEqual(DefaultRouteSettings, { ThrottlingBurstLimit: 5000, ThrottlingRateLimit: 5000 });
      const logged = Object.values(JSON.parse(AccessLogSettings.Format));
      assert.ok(logged.includes('$context.status'));
      assert.ok(logged.every((field) => typeof field === 'string' && field.startsWith('$context.')));
      assert.doesNotMatch(AccessLogSettings.Format, /query/i);
    });
  });

  test('names its parts for the command line', () => {
    assert.deepEqual(Object.keys(template.outputs).sort(), [
      'ApiTokenSecretArns',
      'AppSecretArns',
      'Apps',
      'BodiesBucketName',
      'CarriedPostsTableName',
      'DeadLetterQueueUrl',
      'DeliveriesQueueUrl',
      'EventsTableName',
      'LedgerTableName',
      'ReplayLimits',
      'Stream',
      'StreamMemoryMb',
      'WebhookUrl',
    ]);
  });
});

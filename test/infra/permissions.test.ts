import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type Resource, type SynthesizedTemplate, synthesized } from './synthesized.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

describe('permissions', () => {
  let template: SynthesizedTemplate;
  before(async () => {
    template = await synthesized({ apps: 'default,brand' });
  });

  const statementsOf = ({ Properties }: Resource): readonly Statement[] =>
    Properties.Policies.flatMap(
      (policy: { PolicyDocument: { Statement: readonly Statement[] } }) => policy.PolicyDocument.Statement,
    );
  const roles = () => template.ofType('AWS::IAM::Role');
  const roleOf = (variable: string) => {
    const lambda = template
      .ofType('AWS::Lambda::Function')
      .find(({ Properties }) => variable in Properties.Environment.Variables);
    const role = template.resources.get(lambda?.Properties.Role['Fn::GetAtt'][0]);
    assert.ok(role);
    return role;
  };
  /** As JSON: everything on which the role may do it. */
  const resourcesOf = (role: Resource, action: string): string =>
    JSON.stringify(
      statementsOf(role)
        .filter(({ Action }) => list(Action).includes(action))
        .flatMap(({ Resource }) => list(Resource)),
    );
  const actionsOf = (role: Resource) =>
    statementsOf(role)
      .flatMap(({ Action }) => list(Action))
      .sort();

  test('stand in one role for each function, and nowhere else', () => {
    assert.equal(roles().length, 3);
    assert.equal(new Set(['QUEUE_URL', 'EVENTS_TABLE', 'WEBHOOK_URLS'].map(roleOf)).size, 3);
    for (const { Properties } of roles()) assert.equal(Properties.ManagedPolicyArns, undefined);
    assert.deepEqual(template.ofType('AWS::IAM::Policy'), []);
    assert.deepEqual(template.ofType('AWS::IAM::ManagedPolicy'), []);
  });

  test('let the receiver send, put and read its signing secrets, and no more', () => {
    const role = roleOf('QUEUE_URL');
    assert.deepEqual(actionsOf(role), [
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:PutObject',
      'secretsmanager:GetSecretValue',
      'sqs:SendMessage',
    ]);
    const [secrets] = statementsOf(role).filter(({ Action }) => list(Action).includes('secretsmanager:GetSecretValue'));
    const readable = list(secrets?.Resource).map((resource) => JSON.stringify(resource));
    assert.equal(readable.length, 2);
    for (const resource of readable) assert.match(resource, /Signatures/);
  });

  test('let the recorder empty the queue and write, and give it no secret', () => {
    assert.deepEqual(actionsOf(roleOf('EVENTS_TABLE')), [
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
      'sqs:SendMessage',
    ]);
  });

  test('let the watcher keep its ledger, read its tokens and metrics, and no more', () => {
    const role = roleOf('WEBHOOK_URLS');
    assert.deepEqual(actionsOf(role), [
      'cloudwatch:GetMetricData',
      'dynamodb:ConditionCheckItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:DescribeSecret',
      'secretsmanager:GetSecretValue',
    ]);
    assert.match(resourcesOf(role, 'dynamodb:Query'), /^\[{"Fn::GetAtt":\["TablesLedger\w+","Arn"\]}\]$/);
  });

  test('let the watcher read its tokens only, and of the signing secrets not what they say', () => {
    const role = roleOf('WEBHOOK_URLS');
    const [values, dates] = ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'].map((action) =>
      resourcesOf(role, action),
    );
    assert.deepEqual([values?.match(/ApiTokens/g)?.length, values?.includes('Signatures')], [2, false]);
    assert.deepEqual([dates?.match(/Signatures/g)?.length, dates?.includes('ApiTokens')], [2, false]);
    const writes = actionsOf(role).filter((action) => /^secretsmanager:(?!GetSecretValue|DescribeSecret)/.test(action));
    assert.deepEqual(writes, []);
  });

  test('name every action whole', () => {
    for (const role of roles())
      assert.deepEqual(
        actionsOf(role).filter((action) => action.includes('*')),
        [],
      );
  });

  test('name every resource, or say in the template why not', () => {
    for (const role of roles()) {
      const wide = statementsOf(role)
        .filter(({ Action }) => Action !== 'cloudwatch:GetMetricData')
        .flatMap(({ Resource }) => list(Resource))
        .map((resource) => JSON.stringify(resource))
        .filter((resource) => resource.includes('*'));
      if (wide.length === 0) continue;
      const reasons: readonly { id: string; reason: string }[] = role.Metadata.cdk_nag.rules_to_suppress;
      for (const resource of wide) {
        assert.ok(!resource.includes('"*"'), 'no bare star');
        const prefix = /\/(deliveries|payloads)\/\*/.exec(resource)?.[0];
        assert.ok(prefix, resource);
        assert.ok(
          reasons.some(({ id, reason }) => id.endsWith(`${prefix}]`) && reason.length > 20),
          `a reason for ${resource}`,
        );
      }
    }
  });

  test('name no metrics, since GetMetricData knows none, and say so', () => {
    const role = roleOf('WEBHOOK_URLS');
    assert.equal(resourcesOf(role, 'cloudwatch:GetMetricData'), '["*"]');
    const reasons: readonly { id: string; reason: string }[] = role.Metadata.cdk_nag.rules_to_suppress;
    const [reason] = reasons.filter(({ id }) => id === 'AwsSolutions-IAM5[Resource::*]');
    assert.match(reason?.reason ?? '', /GetMetricData knows no resources/);
  });

  test('open no other door: every policy of a resource refuses what comes without TLS, and allows services only', () => {
    const guarded = { 'AWS::SQS::QueuePolicy': 2, 'AWS::S3::BucketPolicy': 1, 'AWS::SNS::TopicPolicy': 1 };
    for (const [type, count] of Object.entries(guarded)) {
      const policies = template.ofType(type);
      assert.equal(policies.length, count, type);
      for (const { Properties } of policies) {
        const statements: readonly (Statement & { Principal: unknown })[] = Properties.PolicyDocument.Statement;
        const denial = { Bool: { 'aws:SecureTransport': 'false' } };
        assert.ok(
          statements.some(
            ({ Effect, Condition }) => Effect === 'Deny' && JSON.stringify(Condition) === JSON.stringify(denial),
          ),
        );
        for (const { Principal } of statements.filter(({ Effect }) => Effect === 'Allow')) {
          assert.deepEqual(Principal, { Service: 'cloudwatch.amazonaws.com' });
        }
      }
    }
  });

  test('let API Gateway call the receiver for this API’s own routes only, and the schedule the watcher', () => {
    const permissions = template.ofType('AWS::Lambda::Permission').map(({ Properties }) => Properties);
    const [schedule, ...others] = permissions.filter(({ Principal }) => Principal === 'events.amazonaws.com');
    assert.deepEqual(others, []);
    assert.match(JSON.stringify(schedule?.FunctionName), /WatchGaps/);
    assert.match(JSON.stringify(schedule?.SourceArn), /WatchGapsEveryMinute/);
    for (const { Principal, SourceArn } of permissions.filter((permission) => permission !== schedule)) {
      assert.equal(Principal, 'apigateway.amazonaws.com');
      assert.match(JSON.stringify(SourceArn), /"Ref":"WebhookApi.*\/\*\/\*\/webhooks\/x/);
    }
  });
});

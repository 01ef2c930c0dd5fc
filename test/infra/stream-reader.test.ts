import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { envNames, parseEnv } from '../../functions/read-stream/env.ts';
import { defaultStreamRules } from '../../shared/domain/stream/stream-rules.ts';
import { type Resource, type SynthesizedTemplate, synthesized } from './synthesized.ts';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

const readersOf = ({ resources }: SynthesizedTemplate) =>
  [...resources].filter(
    ([, { Type, Properties }]) =>
      Type === 'AWS::Lambda::Function' && envNames.sessionSeconds in Properties.Environment.Variables,
  );

describe('the reader of the stream', () => {
  let template: SynthesizedTemplate;
  let id: string;
  let reader: Resource;

  before(async () => {
    template = await synthesized({ apps: 'default,brand', stackName: 'Second', stream: 'on', streamMemoryMb: '512' });
    const [found, ...others] = readersOf(template);
    assert.ok(found);
    assert.deepEqual(others, []);
    [id, reader] = found;
  });

  test('is not there unless it is wanted', async () => {
    const without = await synthesized();
    assert.deepEqual(readersOf(without), []);
    assert.equal(without.outputs.Stream?.Value, 'off');
    assert.equal(template.outputs.Stream?.Value, 'on');
  });

  test('has the memory that was asked for, and tells the command line', () => {
    assert.equal(reader.Properties.MemorySize, 512);
    assert.equal(template.outputs.StreamMemoryMb?.Value, '512');
  });

  test('is called every minute, once for each app, and each time once', () => {
    const rules = template
      .ofType('AWS::Events::Rule')
      .filter(({ Properties }) => Properties.Targets[0].Arn['Fn::GetAtt'][0] === id);
    assert.deepEqual(
      rules.map(({ Properties }) => JSON.parse(Properties.Targets[0].Input)),
      [{ app: 'default' }, { app: 'brand' }],
    );
    for (const { Properties } of rules) {
      assert.equal(Properties.ScheduleExpression, 'rate(1 minute)');
      assert.equal(Properties.Targets.length, 1);
      assert.deepEqual(Properties.Targets[0].RetryPolicy, { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 });
    }
    const configs = template
      .ofType('AWS::Lambda::EventInvokeConfig')
      .filter(({ Properties }) => Properties.FunctionName.Ref === id);
    assert.deepEqual(
      configs.map(({ Properties }) => Properties.MaximumRetryAttempts),
      [0],
    );
  });

  test('has the longest timeout of Lambda, which a reader’s life with all its patience fits into', () => {
    const { Timeout } = reader.Properties;
    assert.equal(Timeout, 900);
    const variables: Readonly<Record<string, unknown>> = reader.Properties.Environment.Variables;
    const filled = Object.entries(variables).map(([name, value]) => {
      if (typeof value === 'string') return [name, value];
      return [name, JSON.stringify(value).includes('Fn::Join') ? '{"default":"…","brand":"…"}' : '…'];
    });
    const { rules, apiTokenSecretArns } = parseEnv(Object.fromEntries(filled));
    assert.deepEqual(rules, defaultStreamRules);
    assert.ok(rules.sessionMs + 2 * 60_000 < Timeout * 1_000);
    assert.deepEqual([...apiTokenSecretArns.keys()], ['default', 'brand']);
  });

  test('may read its tokens, keep its place in the ledger, send and put, and no more', () => {
    const role = template.resources.get(reader.Properties.Role['Fn::GetAtt'][0]);
    const statements: readonly Statement[] = role?.Properties.Policies[0].PolicyDocument.Statement;
    const allowed = statements.flatMap(({ Action, Resource: on }) =>
      [Action].flat().map((action) => [action, JSON.stringify(on)] as const),
    );
    assert.deepEqual(
      allowed.map(([action]) => action),
      [
        'logs:CreateLogStream',
        'logs:PutLogEvents',
        'secretsmanager:GetSecretValue',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'sqs:SendMessage',
        's3:PutObject',
      ],
    );
    const on = new Map(allowed);
    assert.equal(on.get('secretsmanager:GetSecretValue')?.match(/ApiTokens/g)?.length, 2);
    assert.doesNotMatch(on.get('secretsmanager:GetSecretValue') ?? '', /Signatures/);
    assert.match(on.get('dynamodb:PutItem') ?? '', /^{"Fn::GetAtt":\["TablesLedger\w+","Arn"\]}$/);
    assert.match(on.get('sqs:SendMessage') ?? '', /QueueDeliveries/);
    assert.match(on.get('s3:PutObject') ?? '', /\/deliveries\/\*/);
  });
});

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { synthesize } from '../../infra/synthesize.ts';
import { GaplessError } from '../../shared/errors.ts';
import { type SynthesizedTemplate, synthesized } from './synthesized.ts';

const certificateArn = 'arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000';

describe('synthesize', () => {
  let template: SynthesizedTemplate;
  before(async () => {
    template = await synthesized();
  });

  test('gives the same template for the same sources, so that a diff is quiet', async () => {
    assert.equal((await synthesized()).text, template.text);
  });

  test('says where each function’s files are, for whoever runs the template locally', () => {
    for (const { Metadata } of template.ofType('AWS::Lambda::Function'))
      assert.match(Metadata['aws:asset:path'], /^asset\.[0-9a-f]{64}$/);
  });

  test('gives two stacks of one account no physical name in common', async () => {
    const second = await synthesized({ stackName: 'Second' });
    const namesIn = ({ resources }: SynthesizedTemplate) =>
      [...resources.values()].flatMap(({ Type, Properties }) =>
        Object.entries(Properties ?? {})
          .filter(([property, value]) => /Name$/.test(property) && typeof value === 'string')
          .filter(([property]) => !['MetricName', 'StageName'].includes(property))
          .map(([property, value]) => `${Type} ${property} ${value}`),
      );
    assert.deepEqual(namesIn(template), ['AWS::ApiGatewayV2::Api Name Gapless']);
    assert.deepEqual(namesIn(second), ['AWS::ApiGatewayV2::Api Name Second']);
  });

  test('makes secrets for each app, and tells the receiver of its own kind only', async () => {
    const { ofType, outputs } = await synthesized({ apps: ['default', 'brand'] });
    assert.equal(ofType('AWS::SecretsManager::Secret').length, 4);
    assert.match(JSON.stringify(outputs.AppSecretArns), /brand.*SecretsSignaturesbrand/);
    assert.match(JSON.stringify(outputs.ApiTokenSecretArns), /brand.*SecretsApiTokensbrand/);
    assert.equal(outputs.Apps?.Value, 'default,brand');
    const receiver = ofType('AWS::Lambda::Function').find(
      ({ Properties }) => 'QUEUE_URL' in Properties.Environment.Variables,
    );
    assert.match(JSON.stringify(receiver), /SecretsSignaturesbrand/);
    assert.doesNotMatch(JSON.stringify(receiver), /SecretsApiTokens/);
  });

  test('puts a domain of one’s own before the API, and closes the API’s own address', async () => {
    const domain = { domainName: 'x.example.com', certificateArn, hostedZoneId: 'Z0EXAMPLE' };
    const { ofType, outputs } = await synthesized(domain);
    assert.equal(outputs.WebhookUrl?.Value, 'https://x.example.com/webhooks/x');
    assert.equal(ofType('AWS::ApiGatewayV2::Api')[0]?.Properties.DisableExecuteApiEndpoint, true);
    assert.equal(ofType('AWS::ApiGatewayV2::ApiMapping').length, 1);
    const [name] = ofType('AWS::ApiGatewayV2::DomainName');
    assert.equal(name?.Properties.DomainNameConfigurations[0].SecurityPolicy, 'TLS_1_2');
    assert.equal(ofType('AWS::Route53::RecordSet')[0]?.Properties.Name, 'x.example.com.');
  });

  test('leaves the record to the operator where it knows no hosted zone', async () => {
    const { ofType } = await synthesized({ domainName: 'x.example.com', certificateArn });
    assert.deepEqual(ofType('AWS::Route53::RecordSet'), []);
  });

  test('carries a batch window over to the visibility timeout', async () => {
    const { ofType } = await synthesized({ recorderBatchSize: 100, recorderBatchWindowSeconds: 20 });
    const queue = ofType('AWS::SQS::Queue').find(({ Properties }) => Properties.RedrivePolicy);
    assert.equal(queue?.Properties.VisibilityTimeout, 6 * 60 + 20);
    assert.equal(ofType('AWS::Lambda::EventSourceMapping')[0]?.Properties.MaximumBatchingWindowInSeconds, 20);
  });

  test('stops at a wrong setting before it builds anything', async () => {
    const bundleDir = join(tmpdir(), `gapless-never-${process.pid}`);
    await assert.rejects(
      synthesize({ bundleDir, context: { apps: 'No Such Name' } }),
      (error) => error instanceof GaplessError && error.code === 'SETTING_INVALID',
    );
    assert.equal(existsSync(bundleDir), false);
  });
});

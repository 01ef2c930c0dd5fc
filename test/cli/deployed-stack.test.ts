import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { gapless } from './gapless-process.ts';
import { listen } from './listen.ts';
import { playCloudFormation } from './play-cloud-formation.ts';

const stacks = {
  Gapless: {
    WebhookUrl: 'https://hooks.example.org/webhooks/x',
    EventsTableName: 'events',
    CarriedPostsTableName: 'carried-posts',
    LedgerTableName: 'ledger',
    DeliveriesQueueUrl: 'https://sqs.example.org/deliveries',
    DeadLetterQueueUrl: 'https://sqs.example.org/dead',
    BodiesBucketName: 'bodies',
    AppSecretArns: '{"default":"arn:default"}',
    ApiTokenSecretArns: '{"default":"arn:default-tokens"}',
  },
  Website: { Url: 'https://www.example.org' },
};

describe('a deployed stack', () => {
  const server = createServer(playCloudFormation(stacks));
  let env: Readonly<Record<string, string>> = {};

  before(async () => {
    const origin = await listen(server);
    env = {
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_CLOUDFORMATION: origin,
    };
  });
  after(() => server.close());

  /** Any command that needs the stack; it fails later than what is tested here. */
  const send = (extra: readonly string[], environment: Readonly<Record<string, string>>) =>
    gapless(['send', '--dry-run', '--app', 'nobody', ...extra, '-'], { env: environment });

  test('is found by its outputs, under the name Gapless unless another is given', async () => {
    const { code, notes } = await send([], env);

    assert.equal(code, 1);
    assert.equal(notes, 'gapless: stack Gapless has no app "nobody"; it has: default.\n');
  });

  test('that does not exist: which, where, and what to do', async () => {
    const { code, notes } = await send(['--stack', 'Staging'], env);

    assert.equal(code, 1);
    assert.match(
      notes,
      /^gapless: There is no stack Staging in eu-central-1\. .*npx cdk deploy.*--stack.*--local\.\n$/,
    );
  });

  test('that is not Gapless: which output is absent', async () => {
    const { code, notes } = await send(['--stack', 'Website'], env);

    assert.equal(code, 1);
    assert.match(notes, /^gapless: Stack Website in eu-central-1 has no usable output WebhookUrl/);
  });

  test('without a region: how to set one', async () => {
    const { AWS_REGION: _region, ...withoutRegion } = env;

    const { code, notes } = await send([], withoutRegion);

    assert.equal(code, 1);
    assert.match(notes, /^gapless: No AWS region is set\. Set AWS_REGION/);
  });

  test('without credentials: how to get some', async () => {
    const { AWS_ACCESS_KEY_ID: _id, ...withoutKey } = env;

    const { code, notes } = await send([], withoutKey);

    assert.equal(code, 1);
    assert.match(notes, /^gapless: AWS credentials are missing .*CredentialsProviderError.*aws sso login/);
  });

  test('is not the local one: both at once is wrong usage', async () => {
    const { code, notes } = await send(['--stack', 'Gapless', '--local'], env);

    assert.equal(code, 2);
    assert.match(notes, /--local and --stack name two stacks/);
  });
});

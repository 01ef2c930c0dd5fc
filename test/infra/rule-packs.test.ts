import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { App } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { GaplessStack } from '../../infra/gapless-stack.ts';
import { rulePacks } from '../../infra/rule-packs.ts';
import { parseSettings } from '../../infra/settings.ts';
import { synthesized } from './synthesized.ts';

/** Each of these brings resources of its own. */
const everySetting = {
  apps: 'default,brand',
  alarmEmail: 'ops@example.com',
  domainName: 'x.example.com',
  certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000',
  hostedZoneId: 'Z0EXAMPLE',
};

describe('the rules of cdk-nag', () => {
  let bundleDir = '';
  before(async () => {
    bundleDir = await mkdtemp(join(tmpdir(), 'gapless-rules-'));
    for (const name of ['receive-webhook', 'record-events', 'watch-gaps']) {
      await mkdir(join(bundleDir, name));
      await writeFile(join(bundleDir, name, 'index.mjs'), `export const handler = () => '${name}';`);
    }
  });
  after(() => rm(bundleDir, { recursive: true, force: true }));

  const findings = (change: (stack: GaplessStack) => void = () => {}) => {
    const app = new App();
    const stack = new GaplessStack(app, { settings: parseSettings(everySetting), bundleDir });
    change(stack);
    return rulePacks(app).flatMap((pack) => pack.validateScope(app).violations.map(({ ruleName }) => ruleName));
  };

  test('find nothing that is not answered', () => {
    assert.deepEqual(findings(), []);
  });

  test('would find what somebody adds without care', () => {
    const found = findings((stack) => new Bucket(stack, 'Careless'));
    assert.ok(found.includes('AwsSolutions-S1') && found.includes('AwsSolutions-S10'), found.join());
  });

  test('are answered with a reason in the template, wherever they do not hold', async () => {
    const { resources } = await synthesized();
    const answers: readonly { id: string; reason: string }[] = [...resources.values()].flatMap(
      ({ Metadata }) => Metadata?.cdk_nag?.rules_to_suppress ?? [],
    );
    assert.ok(answers.length > 0);
    for (const { id, reason } of answers) assert.ok(reason.length > 30 && reason.endsWith('.'), `${id}: ${reason}`);
  });
});

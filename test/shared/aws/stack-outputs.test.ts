import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseStackOutputs } from '../../../shared/aws/stack-outputs.ts';
import { minuteMs } from '../../../shared/domain/gaps/interval.ts';
import { defaultReplayRules } from '../../../shared/domain/gaps/replay-rules.ts';

const outputs = {
  WebhookUrl: 'https://hooks.example.org/webhooks/x',
  EventsTableName: 'events',
  CarriedPostsTableName: 'carried-posts',
  LedgerTableName: 'ledger',
  DeliveriesQueueUrl: 'https://sqs.example.org/deliveries',
  DeadLetterQueueUrl: 'https://sqs.example.org/dead',
  BodiesBucketName: 'bodies',
  AppSecretArns: '{"default":"arn:default"}',
  ApiTokenSecretArns: '{"default":"arn:default-tokens"}',
};
const parse = (more: Readonly<Record<string, unknown>>) => parseStackOutputs({ ...outputs, ...more }, 'Stack Mine');

describe('the outputs of a stack', () => {
  test('say what its watcher was deployed with', () => {
    const { replayRules } = parse({
      ReplayLimits: '{"horizonHours":120,"fromEmbargoMinutes":0,"toEmbargoMinutes":5}',
    });

    assert.deepEqual(replayRules, {
      ...defaultReplayRules,
      horizonMs: 5 * 24 * 60 * minuteMs,
      fromEmbargoMs: 0,
      toEmbargoMs: 5 * minuteMs,
    });
  });

  test('that do not say it mean the defaults', () => {
    assert.deepEqual(parse({}).replayRules, defaultReplayRules);
    assert.deepEqual([parse({}).stream, parse({}).streamMemoryMb], [false, 256]);
  });

  test('say whether it reads the stream, and with how much memory', () => {
    const { stream, streamMemoryMb } = parse({ Stream: 'on', StreamMemoryMb: '512' });
    assert.deepEqual([stream, streamMemoryMb], [true, 512]);
  });

  for (const memory of ['', 'much', '-1']) {
    test(`with the memory ${JSON.stringify(memory)} are of another version`, () => {
      assert.throws(() => parse({ StreamMemoryMb: memory }), { code: 'STACK_INCOMPLETE', message: /StreamMemoryMb/ });
    });
  }

  for (const limits of ['', '{}', 'none', '{"horizonHours":"24","fromEmbargoMinutes":0,"toEmbargoMinutes":5}', 24]) {
    test(`with the replay limits ${JSON.stringify(limits)} are of another version`, () => {
      assert.throws(() => parse({ ReplayLimits: limits }), {
        code: 'STACK_INCOMPLETE',
        message: /Stack Mine has no usable output ReplayLimits/,
      });
    });
  }

  for (const name of Object.keys(outputs)) {
    test(`without ${name} are of no Gapless stack`, () => {
      assert.throws(() => parse({ [name]: undefined }), { code: 'STACK_INCOMPLETE', message: new RegExp(name) });
    });
  }
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseEnv } from '../../../functions/receive-webhook/env.ts';

const good = {
  SECRET_ARNS: '{"default":"arn:one","shop":"arn:two"}',
  QUEUE_URL: 'https://q',
  BODIES_BUCKET: 'bodies',
  ANSWER_LOG: 'none',
};

describe("the receiver's variables", () => {
  test('name the secret of each app, the queue and the bucket', () => {
    const { secretArns, ...rest } = parseEnv(good);
    assert.deepEqual(
      [...secretArns],
      [
        ['default', 'arn:one'],
        ['shop', 'arn:two'],
      ],
    );
    assert.deepEqual(rest, { queueUrl: 'https://q', bodiesBucket: 'bodies', answerLog: 'none' });
  });

  for (const [name, value] of [
    ['QUEUE_URL', undefined],
    ['BODIES_BUCKET', ''],
    ['ANSWER_LOG', 'some'],
    ['SECRET_ARNS', undefined],
    ['SECRET_ARNS', 'arn:one'],
    ['SECRET_ARNS', '["arn:one"]'],
    ['SECRET_ARNS', '{"default":""}'],
  ] as const) {
    test(`are refused by name when ${name} is ${value ?? 'missing'}`, () => {
      assert.throws(() => parseEnv({ ...good, [name]: value }), { code: 'SETTING_INVALID', message: new RegExp(name) });
    });
  }
});

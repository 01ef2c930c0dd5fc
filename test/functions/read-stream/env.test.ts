import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseEnv } from '../../../functions/read-stream/env.ts';
import { defaultStreamRules } from '../../../shared/domain/stream/stream-rules.ts';
import { GaplessError } from '../../../shared/errors.ts';

const env = {
  API_TOKEN_SECRET_ARNS: '{"default":"arn:tokens"}',
  QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/000000000000/deliveries',
  BODIES_BUCKET: 'bodies',
  LEDGER_TABLE: 'ledger',
  LEDGER_RETENTION_DAYS: '30',
  X_API_BASE_URL: 'https://api.x.com',
  STREAM_SESSION_SECONDS: '60',
  STREAM_SILENCE_SECONDS: '7',
  STREAM_LEASE_SECONDS: '9',
};

describe('the settings of read-stream', () => {
  test('are its variables', () => {
    assert.deepEqual(parseEnv(env), {
      apiTokenSecretArns: new Map([['default', 'arn:tokens']]),
      queueUrl: env.QUEUE_URL,
      bodiesBucket: 'bodies',
      ledgerTable: 'ledger',
      ledgerRetentionDays: 30,
      xApiBaseUrl: 'https://api.x.com',
      rules: { ...defaultStreamRules, sessionMs: 60_000, silenceMs: 7_000, leaseMs: 9_000 },
    });
  });

  for (const name of Object.keys(env)) {
    test(`are refused without ${name}`, () => {
      assert.throws(
        () => parseEnv({ ...env, [name]: '' }),
        (error) => error instanceof GaplessError && error.code === 'SETTING_INVALID' && error.message.includes(name),
      );
    });
  }
});

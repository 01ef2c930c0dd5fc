import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseEnv } from '../../../functions/record-events/env.ts';

const env = {
  DEAD_LETTER_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/000000000000/dead',
  EVENTS_TABLE: 'events',
  CARRIED_POSTS_TABLE: 'carried',
  LEDGER_TABLE: 'ledger',
  BODIES_BUCKET: 'bodies',
  LEDGER_RETENTION_DAYS: '30',
  PAYLOAD_ENCODING: 'plain',
};

describe('the settings of record-events', () => {
  test('are its variables', () => {
    assert.deepEqual(parseEnv(env), {
      deadLetterQueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/dead',
      eventsTable: 'events',
      carriedPostsTable: 'carried',
      ledgerTable: 'ledger',
      bodiesBucket: 'bodies',
      ledgerRetentionDays: 30,
      payloadEncoding: 'plain',
    });
  });

  for (const name of Object.keys(env)) {
    test(`are refused without ${name}`, () => {
      const { message, code } = refusal({ ...env, [name]: '' });
      assert.equal(code, 'SETTING_INVALID');
      assert.match(message, new RegExp(name));
    });
  }

  for (const days of ['0', '1.5', 'a month']) {
    test(`are refused with ${days} as days of retention`, () => {
      assert.equal(refusal({ ...env, LEDGER_RETENTION_DAYS: days }).code, 'SETTING_INVALID');
    });
  }

  test('are refused with an encoding that nobody reads', () => {
    assert.match(refusal({ ...env, PAYLOAD_ENCODING: 'tight' }).message, /plain, compact/);
  });
});

function refusal(given: Readonly<Record<string, string>>): { readonly code: string; readonly message: string } {
  try {
    parseEnv(given);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { code: String(error.code), message: error.message };
  }
  throw new Error('the settings were taken');
}

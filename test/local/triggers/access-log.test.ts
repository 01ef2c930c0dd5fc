import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Answered, createAccessLog } from '../../../local/triggers/access-log.ts';

const answered: Answered = {
  requestId: 'r-1',
  method: 'POST',
  path: '/webhooks/x',
  sourceIp: '127.0.0.1',
  userAgent: 'says "hi"\n',
  receivedAt: Date.UTC(2026, 10, 21, 12),
  status: 503,
  latencyMs: 12.4,
  integrationError: undefined,
};

const entryOf = (format: object | string) =>
  createAccessLog({ logGroup: 'log', format: typeof format === 'string' ? format : JSON.stringify(format) })(answered);

describe('the access log', () => {
  test('has the values of the request as texts, and a dash for what has none', () => {
    const format = {
      method: '$context.httpMethod',
      status: '$context.status',
      time: '$context.requestTime',
      both: '$context.path took $context.responseLatency',
      error: '$context.integrationErrorMessage',
    };
    assert.deepEqual(entryOf(format), {
      method: 'POST',
      status: '503',
      time: '21/Nov/2026:12:00:00 +0000',
      both: '/webhooks/x took 12',
      error: '-',
    });
  });

  test('stays JSON, whatever a client calls itself', () => {
    assert.deepEqual(entryOf({ agent: '$context.identity.userAgent' }), { agent: 'says "hi"\n' });
  });

  for (const format of ['{"a":"$context.authorizer.claims"}', '$context.status', 'not JSON $context.path', '"text"']) {
    test(`cannot have the format ${format}`, () => {
      assert.throws(() => createAccessLog({ logGroup: 'log', format }), { code: 'LOCAL_UNSUPPORTED' });
    });
  }
});

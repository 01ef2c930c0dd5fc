import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { describeFailure, isTransient } from '../../../shared/aws/failures.ts';
import { GaplessError } from '../../../shared/errors.ts';

const named = (name: string, more: object = {}) => Object.assign(new Error('a private word'), { name }, more);
const answered = (name: string, httpStatusCode: number) => named(name, { $metadata: { httpStatusCode } });

/** What went wrong, whether it may pass within seconds, and whether the record is to blame. */
const cases: readonly (readonly [string, unknown, { transient: boolean; recordsFault: boolean; reason: string }])[] = [
  [
    'a throttled write',
    answered('ThrottlingException', 400),
    { transient: true, recordsFault: false, reason: 'ThrottlingException' },
  ],
  [
    'a 5xx',
    answered('InternalServerError', 500),
    { transient: true, recordsFault: false, reason: 'InternalServerError' },
  ],
  ['S3 asking to slow down', answered('SlowDown', 503), { transient: true, recordsFault: false, reason: 'SlowDown' }],
  ['a 429', answered('TooManyRequests', 429), { transient: true, recordsFault: false, reason: 'TooManyRequests' }],
  [
    'a broken connection',
    named('Error', { code: 'ECONNRESET' }),
    { transient: true, recordsFault: false, reason: 'ECONNRESET' },
  ],
  ['a timeout', named('TimeoutError'), { transient: true, recordsFault: false, reason: 'TimeoutError' }],
  ['the end of the invocation', named('AbortError'), { transient: true, recordsFault: false, reason: 'AbortError' }],
  [
    'a missing permission',
    answered('AccessDeniedException', 400),
    { transient: false, recordsFault: false, reason: 'AccessDeniedException' },
  ],
  [
    'a missing table',
    answered('ResourceNotFoundException', 400),
    { transient: false, recordsFault: false, reason: 'ResourceNotFoundException' },
  ],
  [
    'missing credentials',
    named('CredentialsProviderError'),
    { transient: false, recordsFault: false, reason: 'CredentialsProviderError' },
  ],
  [
    'an item that DynamoDB refuses',
    answered('ValidationException', 400),
    { transient: false, recordsFault: true, reason: 'ValidationException' },
  ],
  [
    'a fault of our own code',
    new TypeError('a private word'),
    { transient: false, recordsFault: true, reason: 'TypeError' },
  ],
  [
    'a wrong call of ours',
    named('TypeError', { code: 'ERR_INVALID_ARG_TYPE' }),
    { transient: false, recordsFault: true, reason: 'ERR_INVALID_ARG_TYPE' },
  ],
  ['what is no error', 'a private word', { transient: false, recordsFault: true, reason: 'NotAnError' }],
];

describe('a failure', () => {
  for (const [name, failure, { transient, ...description }] of cases) {
    test(`by ${name} is told by its name and blamed on ${description.recordsFault ? 'the record' : 'its surroundings'}`, () => {
      assert.equal(isTransient(failure), transient);
      assert.deepEqual(describeFailure(failure), description);
    });
  }

  test('that Gapless names itself is told by its code', () => {
    const failure = new GaplessError('CLAIM_CHECK_UNAVAILABLE', 'made up');
    assert.equal(isTransient(failure), false);
    assert.deepEqual(describeFailure(failure), { reason: 'CLAIM_CHECK_UNAVAILABLE', recordsFault: false });
  });
});

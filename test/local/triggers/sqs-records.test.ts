import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { splitBySize, succeeded, toRecord } from '../../../local/triggers/sqs-records.ts';

const record = (id: string, body = '') => toRecord({ MessageId: id, ReceiptHandle: `r${id}`, Body: body }, 'arn:queue');
const records = ['1', '2', '3'].map((id) => record(id));
const idsOf = (found: readonly { readonly messageId: string }[]) => found.map(({ messageId }) => messageId);

test('a record has what the message has, in Lambda’s spelling', () => {
  const message = {
    MessageId: '1',
    ReceiptHandle: 'r',
    Body: '{}',
    MD5OfBody: 'm',
    MD5OfMessageAttributes: 'n',
    Attributes: { ApproximateReceiveCount: '2', SentTimestamp: '5' },
    MessageAttributes: {
      app: { DataType: 'String', StringValue: 'a' },
      raw: { DataType: 'Binary', BinaryValue: new Uint8Array([255]) },
    },
  };
  assert.deepEqual(toRecord(message, 'arn:queue'), {
    messageId: '1',
    receiptHandle: 'r',
    body: '{}',
    attributes: {
      ApproximateReceiveCount: '2',
      SentTimestamp: '5',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {
      app: { stringValue: 'a', stringListValues: [], binaryListValues: [], dataType: 'String' },
      raw: { binaryValue: '/w==', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
    },
    md5OfBody: 'm',
    md5OfMessageAttributes: 'n',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:queue',
    awsRegion: 'us-east-1',
  });
});

describe('a batch', () => {
  test('is cut where Lambda’s event would be too large, and a record is never cut', () => {
    const limit = Buffer.byteLength(JSON.stringify({ Records: [records[0], records[1]] })) + 5;
    assert.deepEqual(splitBySize(records, limit).map(idsOf), [['1', '2'], ['3']]);
    for (const batch of splitBySize(records, limit)) {
      assert.ok(Buffer.byteLength(JSON.stringify({ Records: batch })) <= limit);
    }
    assert.deepEqual(splitBySize(records, 1).map(idsOf), [['1'], ['2'], ['3']]);
  });

  test('that is empty makes no event', () => assert.deepEqual(splitBySize([], 100), []));

  const done: readonly (readonly [answer: string, expected: readonly string[]])[] = [
    ['{"batchItemFailures":[{"itemIdentifier":"2"}]}', ['1', '3']],
    ['{"batchItemFailures":[{"itemIdentifier":"1"},{"itemIdentifier":"2"},{"itemIdentifier":"3"}]}', []],
    ['{"batchItemFailures":[]}', ['1', '2', '3']],
    ['{"batchItemFailures":null}', ['1', '2', '3']],
    ['{}', ['1', '2', '3']],
    ['null', ['1', '2', '3']],
    ['""', ['1', '2', '3']],
    ['{"batchItemFailures":[{"itemIdentifier":"other"}]}', []],
    ['{"batchItemFailures":[{"itemIdentifier":""}]}', []],
    ['{"batchItemFailures":[{"id":"1"}]}', []],
    ['{"batchItemFailures":"1"}', []],
    ['no JSON', []],
  ];
  for (const [answer, expected] of done) {
    test(`answered with ${answer} is done with ${expected.join(', ') || 'nothing'}`, () => {
      assert.deepEqual(idsOf(succeeded(records, answer)), expected);
    });
  }
});

import type { Message } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { list, member } from '../../shared/domain/json.ts';

/** A message as Lambda's event source mapping hands it to a function (docs: using Lambda with SQS). */
export function toRecord(message: Message, queueArn: string): SQSRecord {
  const { MessageId = '', ReceiptHandle = '', Body = '', MD5OfBody = '', MD5OfMessageAttributes } = message;
  const { Attributes = {}, MessageAttributes = {} } = message;
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '0',
      ...Attributes,
    },
    messageAttributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        {
          ...(StringValue === undefined ? {} : { stringValue: StringValue }),
          ...(BinaryValue === undefined ? {} : { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
          stringListValues: [],
          binaryListValues: [],
          dataType: DataType ?? 'String',
        },
      ]),
    ),
    md5OfBody: MD5OfBody,
    ...(MD5OfMessageAttributes === undefined ? {} : { md5OfMessageAttributes: MD5OfMessageAttributes }),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: 'us-east-1',
  };
}

/** Cuts a batch into events that Lambda takes: at most `maxBytes` of JSON each. */
export function splitBySize(records: readonly SQSRecord[], maxBytes: number): readonly (readonly SQSRecord[])[] {
  const batches: SQSRecord[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const record of records) {
    const size = Buffer.byteLength(JSON.stringify(record)) + 1;
    if (bytes + size > maxBytes) {
      batches.push([]);
      bytes = envelopeBytes;
    }
    batches.at(-1)?.push(record);
    bytes += size;
  }
  return batches;
}

const envelopeBytes = '{"Records":[]}'.length;

/**
 * Which records of a batch are done, by the function's answer under `ReportBatchItemFailures`. As on AWS nothing
 * reported is all done, and a report that cannot be understood is nothing done (docs: partial batch responses).
 */
export function succeeded(records: readonly SQSRecord[], payload: string): readonly SQSRecord[] {
  let answer: unknown;
  try {
    answer = JSON.parse(payload);
  } catch {
    return [];
  }
  const failures = member(answer, 'batchItemFailures');
  if (failures !== undefined && failures !== null && !Array.isArray(failures)) return [];
  const failed = list(failures).map((failure) => member(failure, 'itemIdentifier'));
  const known = new Set<unknown>(records.map(({ messageId }) => messageId));
  if (failed.some((id) => !known.has(id))) return [];
  return records.filter(({ messageId }) => !failed.includes(messageId));
}

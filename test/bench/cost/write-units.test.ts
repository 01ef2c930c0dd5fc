import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Bill, billLines, billOf, totalOf } from './bill.ts';
import { naiveDesign } from './other-designs.ts';
import { bytesOf, indexUnits, messageBytes, unitsOf } from './write-units.ts';

describe('write units', () => {
  test('are counted from names and values, bytes as bytes', () => {
    const b64 = Buffer.alloc(100).toString('base64');
    assert.equal(bytesOf({ a: { S: 'é' }, bc: { B: b64 }, n: { N: '12345' }, yes: { BOOL: true } }), 3 + 102 + 5 + 4);
    assert.throws(() => bytesOf({ a: { M: {} } }), /type M/);
  });

  test('are one for each KB begun', () => {
    assert.deepEqual([0, 1, 1024, 1025, 2048].map(unitsOf), [1, 1, 1, 2, 2]);
  });

  test('are none in an index that the item has no key of', () => {
    const indexes = [
      { keys: ['day', 'position'], carried: ['id'] },
      { keys: ['account', 'position'], carried: ['id', 'text'] },
    ];
    const item = { id: { S: '1' }, day: { S: 'd' }, position: { S: 'p' }, text: { S: 'x'.repeat(2_000) } };
    assert.equal(indexUnits(item, indexes), 1);
    assert.equal(indexUnits({ ...item, account: { S: 'a' } }, indexes), 3);
  });

  test('of SQS messages count attributes as they are sent and as they are received', () => {
    assert.equal(messageBytes('body', { via: { DataType: 'String', StringValue: 'webhook' } }), 4 + 3 + 6 + 7);
    assert.equal(messageBytes('body', { via: { dataType: 'String', stringValue: 'webhook' } }), 4 + 3 + 6 + 7);
  });
});

describe('a bill', () => {
  const log = { lines: 0, bytes: 0 };
  const run = { memoryMb: 1024, milliseconds: 1000, architecture: 'x86_64' } as const;

  test('is what AWS’s list prices make of the counts, for a million', () => {
    const counts = {
      received: 100,
      sends: 100,
      messages: 50,
      messageBytes: 50 * 8_000,
      batches: 10,
      eventUnits: 100,
      indexUnits: 200,
      referenceUnits: 0,
      ledgerUnits: 20,
      s3Puts: 0,
    };
    const parts = { counts, receiverLog: log, recorderLog: log, receiver: run, recorder: run, batchSize: 10, front: 0 };
    const bill = billOf(parts);
    assert.deepEqual(
      [bill.event, bill.indexes, bill.ledger, bill.front].map((usd) => usd.toFixed(6)),
      ['0.625000', '1.250000', '0.125000', '0.000000'],
    );
    // Ten messages of 8 KB are two requests of 64 KB.
    assert.ok(Math.abs(bill.queue - (0.4 + 0.1 * 3 * 0.4)) < 1e-9);
    assert.ok(Math.abs(bill.functions - (0.2 + 16.6667 + 0.1 * (0.2 + 16.6667))) < 1e-6);
    assert.ok(Math.abs(totalOf(bill) - billLines.reduce((sum, line) => sum + bill[line], 0)) < 1e-9);
  });

  test('of the naive design grows with the body in the table and its index', () => {
    const difference = (line: keyof Bill) => naiveDesign(8_192)[line] - naiveDesign(2_048)[line];
    assert.ok(difference('event') > 3 && difference('indexes') > 3);
    assert.equal(difference('front'), 0);
  });
});

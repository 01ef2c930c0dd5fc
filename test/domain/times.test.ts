import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { epochMs, occurredAt, timeKey } from '../../shared/domain/times.ts';

// Far from UTC, so that a time without an offset is seen to be read as UTC.
process.env.TZ = 'Pacific/Auckland';

const ms = Date.UTC(2026, 9, 5, 8, 36, 0, 140);
const whole = ms - 140;

describe('a time', () => {
  test('is read as X writes it', () => {
    const written: readonly [unknown, number][] = [
      ['1791189360140', ms],
      [JSON.rawJSON('1791189360140'), ms],
      [JSON.rawJSON('1.791189360140e12'), ms],
      ['2026-10-05T08:36:00.140Z', ms],
      ['2026-10-05T10:36:00.140999+02:00', ms],
      ['2026-10-05T10:36:00+0200', whole],
      ['2026-10-05T08:36', whole],
      ['Mon Oct 05 08:36:00 +0000 2026', whole],
      ['Mon Oct 05 01:36:00 -0700 2026', whole],
      ['0', 0],
      ['9999-12-31T23:59:59.999Z', 253_402_300_799_999],
    ];
    for (const [value, expected] of written) assert.equal(epochMs(value), expected, JSON.stringify(value));
  });

  test('is nothing else', () => {
    const wrong = [
      '',
      'now',
      '-5',
      '2026-13-05T08:36:00Z',
      '2026-10-05',
      'Mon Foo 05 08:36:00 +0000 2026',
      null,
      true,
      {},
      5,
    ];
    const raw = ['-1', '253402300800000', '1e400'].map((digits) => JSON.rawJSON(digits));
    const early = ['1969-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999-01:00', '999999999999999'];
    for (const value of [...wrong, ...raw, ...early]) assert.equal(epochMs(value), undefined, JSON.stringify(value));
  });

  test('has one key however it is written, and what is no time is its own', () => {
    assert.equal(timeKey('1791189360140'), '2026-10-05T08:36:00.140Z');
    assert.equal(timeKey('2026-10-05T10:36:00.14+02:00'), '2026-10-05T08:36:00.140Z');
    assert.equal(timeKey('yesterday'), 'yesterday');
    assert.equal(timeKey(''), undefined);
  });
});

describe('when an event occurred', () => {
  const receivedAt = '2026-10-06T00:00:00.000Z';
  const none = { payload: [], envelope: undefined, createdId: undefined, receivedAt };
  const sourceOf = (
    sources: Partial<typeof none | { payload: readonly unknown[]; envelope: unknown; createdId: string }>,
  ) => occurredAt({ ...none, ...sources });

  test('is the first time that can be read: payload, envelope, id, receipt', () => {
    const [payload, envelope, createdId] = [['?', '1791189360140'], '2026-10-05T09:00:00Z', '2107025498428145665'];
    assert.deepEqual(sourceOf({ payload, envelope, createdId }).occurredAt, '2026-10-05T08:36:00.140Z');
    assert.deepEqual(sourceOf({ payload: ['?'], envelope, createdId }).occurredAtSource, 'envelope');
    assert.deepEqual(sourceOf({ envelope: 'soon', createdId }), {
      occurredAt: '2026-10-05T08:30:00.123Z',
      occurredAtSource: 'snowflake',
    });
    assert.deepEqual(sourceOf({}), { occurredAt: receivedAt, occurredAtSource: 'received' });
  });

  test('is in an id only if it is one that X can have made by then', () => {
    const idAt = (iso: string) => String((BigInt(Date.parse(iso)) - 1_288_834_974_657n) << 22n);
    const isSnowflake = (createdId: string) => sourceOf({ createdId }).occurredAtSource === 'snowflake';
    assert.equal(isSnowflake(idAt('2010-12-01T00:00:00Z')), true);
    assert.equal(isSnowflake(idAt('2010-11-30T23:59:59Z')), false);
    assert.equal(isSnowflake(idAt('2026-10-07T00:00:00Z')), true);
    assert.equal(isSnowflake(idAt('2026-10-07T00:00:00.001Z')), false);
    for (const id of ['20', 'e4f4d3fc', '', '9'.repeat(30)]) assert.equal(isSnowflake(id), false);
  });
});

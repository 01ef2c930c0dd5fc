import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareSent } from '../../../local/once/compare.ts';
import type { SentEvent } from '../../../local/x-emulator/state/sent-event.ts';

const follow = (source: string, more: object = {}) => ({
  type: 'follow',
  created_timestamp: '1795000000000',
  source: { id_str: source },
  target: { id_str: '1' },
  ...more,
});

const sent = (key: string, ...follows: readonly object[]): SentEvent => ({
  key,
  kind: 'aaa.follow',
  webhookId: '7',
  createdAtMs: 0,
  attempts: [],
  outcome: 'delivered',
  body: Buffer.from(JSON.stringify({ for_user_id: '1', follow_events: follows })),
});

const idOf = (source: string) => `default:aaa:follow_events.follow:1:${source}~1~2026-11-18T11%3A06%3A40.000Z`;
const stored = (...sources: readonly string[]) => sources.map((source) => ({ eventId: idOf(source) }));
const counts = (events: readonly SentEvent[], table: readonly { readonly eventId: string }[]) => {
  const { sent, stored, duplicates, lost } = compareSent(events, table);
  return [sent, stored, duplicates, lost];
};

describe('X’s record held against the table', () => {
  test('agrees when each event is there once, several of one body among them', () => {
    assert.deepEqual(
      counts([sent('a', follow('2')), sent('b', follow('3'), follow('4'))], stored('3', '2', '4')),
      [3, 3, 0, 0],
    );
  });

  test('names what is missing, and what is there under another identity', () => {
    const { missing, surplus, lost, duplicates } = compareSent(
      [sent('a', follow('2')), sent('b', follow('3'))],
      [...stored('2', '9')],
    );
    assert.deepEqual([missing, surplus, lost, duplicates], [[idOf('3')], [idOf('9')], 1, 1]);
  });

  test('counts an event that is there twice as a duplicate', () => {
    assert.deepEqual(counts([sent('a', follow('2'))], stored('2', '2')), [1, 1, 1, 0]);
  });

  test('counts two events that share an identity as one lost', () => {
    assert.deepEqual(counts([sent('a', follow('2')), sent('b', follow('2', { n: 1 }))], stored('2')), [2, 1, 0, 1]);
  });

  test('cannot be held where X has forgotten a body', () => {
    const { body: _, ...forgotten } = sent('a', follow('2'));
    assert.throws(() => compareSent([forgotten], []), TypeError);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Books, balance, holds } from './books.ts';
import type { RecorderRun, Testimony } from './witness.ts';

const books: Books = {
  accepted: 2,
  recorded: 2,
  events: 2,
  stored: 2,
  duplicates: 0,
  waiting: 0,
  deadLettered: 0,
  garbageBuried: 0,
};
const run: RecorderRun = { done: ['m1', 'm2'], endedWell: true, counted: 2, unheard: false };
const delivery = (traceId: string) => ({ kind: 'delivery', way: 'webhook', traceId, settled: true }) as const;
const testimony: Testimony = {
  answered: new Set(['r1', 'r2']),
  messages: new Map([
    ['m1', delivery('r1')],
    ['m2', delivery('r2')],
  ]),
  runs: [run],
  unsure: 0,
};

function broken(changedBooks: Partial<Books>, changed: Partial<Testimony>, garbage: readonly string[] = []) {
  const { checks } = balance({ ...books, ...changedBooks }, { ...testimony, ...changed }, new Set(garbage));
  return checks.filter((check) => !holds(check)).map(({ name }) => name);
}

describe('the account of a torture', () => {
  test('holds when everything went well', () => {
    assert.deepEqual(broken({}, {}), []);
  });

  test('finds a 200 whose delivery never reached the queue', () => {
    const answered = new Set(['r1', 'r2', 'r3']);
    assert.deepEqual(broken({ accepted: 3 }, { answered }), ['200s whose delivery never reached the queue']);
  });

  test('finds a delivery that was recorded and not counted', () => {
    const found = broken({ recorded: 1, events: 1, stored: 1 }, { runs: [{ ...run, counted: 1 }] });
    assert.deepEqual(found, ['invocations that counted other than they were done with']);
  });

  test('finds what was counted behind its back', () => {
    const found = broken({ recorded: 3, events: 3, stored: 3 }, {});
    assert.deepEqual(found, [
      'accepted + without an answer + streamed = recorded - counted again + in flight + dead-lettered',
      'recorded = additions that the table took',
    ]);
  });

  test('allows what a dying recorder counted again, and what X never heard a 200 for', () => {
    const died: RecorderRun = { done: [], endedWell: false, counted: 1, unheard: false };
    assert.deepEqual(broken({ recorded: 3, events: 3, stored: 3 }, { runs: [died, run] }), []);
    const { countedAgain, withoutAnswer } = balance(
      { ...books, accepted: 1, recorded: 3 },
      { ...testimony, answered: new Set(['r1']), runs: [died, run] },
      new Set(),
    );
    assert.deepEqual([countedAgain, withoutAnswer], [1, 1]);
  });

  test('keeps garbage apart, and misses what was not buried', () => {
    const messages = new Map([...testimony.messages, ['m3', delivery('')] as const]);
    const runs = [{ ...run, done: ['m1', 'm2', 'm3'] }];
    assert.deepEqual(broken({ garbageBuried: 1 }, { messages, runs }, ['m3']), []);
    assert.deepEqual(broken({}, { messages, runs }, ['m3']), ['garbage = in the dead-letter queue with its cause']);
  });
});

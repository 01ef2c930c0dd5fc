import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { liveValues } from '../../../shared/x/app-secrets.ts';
import { addSecret, fingerprint, replaceSecret } from '../../../shared/x/secret-rotation.ts';

const instant = fc.integer({ min: 0, max: 1_000 });
const entry = fc.record(
  { value: fc.constantFrom('a', 'b', 'c', 'd'), validUntil: instant },
  { requiredKeys: ['value'] },
);
const entries = fc.uniqueArray(entry, { selector: ({ value }) => value });
const ascending = fc.tuple(instant, instant).map(([nowMs, overlapMs]) => ({ nowMs, untilMs: nowMs + overlapMs }));

describe('a secret that replaces another', () => {
  test('stands first and has no end, wherever it stood before', () => {
    fc.assert(
      fc.property(entries, ascending, (before, times) => {
        const after = replaceSecret(before, 'a', times);
        assert.deepEqual(after[0], { value: 'a' });
        assert.equal(after.filter(({ value }) => value === 'a').length, 1);
      }),
    );
  });

  test('lets those before prove deliveries as long as they would have, but not beyond the overlap', () => {
    fc.assert(
      fc.property(entries, ascending, instant, (before, times, later) => {
        const after = replaceSecret(before, 'new', times);
        const at = times.nowMs + later;
        const expected = at < times.untilMs ? liveValues(before, at) : [];
        assert.deepEqual(liveValues(after, at), ['new', ...expected]);
      }),
    );
  });

  test('put behind leaves the order, and is there once', () => {
    const behind = addSecret([{ value: 'a', validUntil: 5 }], 'b');

    assert.deepEqual(behind, [{ value: 'a', validUntil: 5 }, { value: 'b' }]);
    assert.equal(addSecret(behind, 'b'), behind);
  });

  test('is told from others by a part of its hash', () => {
    assert.equal(fingerprint('abc'), 'ba7816bf');
  });
});

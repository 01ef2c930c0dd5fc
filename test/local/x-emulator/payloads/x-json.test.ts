import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createSnowflakes, snowflake } from '../../../../local/x-emulator/payloads/snowflake.ts';
import { toXJson } from '../../../../local/x-emulator/payloads/x-json.ts';

test('writes slashes and everything outside ASCII escaped', () => {
  assert.equal(
    toXJson({ url: 'https://x.com/é', emoji: '👍' }),
    '{"url":"https:\\/\\/x.com\\/\\u00e9","emoji":"\\ud83d\\udc4d"}',
  );
});

test('writes ASCII that parses to the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const text = toXJson(value);
      assert.doesNotMatch(text, /[^\x20-\x7f]/);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('gives the ids of a time X’s own arithmetic', () => {
  assert.equal(snowflake(Date.parse('2020-09-18T18:36:15.195Z'), 0x147001), '1307025659294674945');
});

test('never gives an id twice, whatever the order of the times', () => {
  const times = fc.array(fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 0, 1) + 5 }));
  fc.assert(
    fc.property(times, fc.nat(1023), (all, first) => {
      const next = createSnowflakes(first);
      assert.equal(new Set(all.map(next)).size, all.length);
    }),
  );
});

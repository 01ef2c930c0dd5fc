import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pick, randomSigned64, randomUuid, seededRandom } from '../../../local/x-emulator/random.ts';

test('the same seed gives the same numbers, another seed others', () => {
  const take = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));

  assert.deepEqual(take(1), take(1));
  assert.notDeepEqual(take(1), take(2));
});

test('numbers lie in [0, 1) and spread', () => {
  const random = seededRandom(42);
  const tenths = new Set<number>();
  for (let index = 0; index < 1000; index += 1) {
    const number = random();
    assert.ok(number >= 0 && number < 1);
    tenths.add(Math.floor(number * 10));
  }
  assert.equal(tenths.size, 10);
});

test('uuids and signed numbers have X’s forms', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = seededRandom(seed);
      assert.match(randomUuid(random), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      const number = BigInt(randomSigned64(random));
      assert.equal(BigInt.asIntN(64, number), number);
    }),
  );
});

test('picks from what there is, and refuses to pick from nothing', () => {
  assert.equal(
    pick(() => 0.999, ['a', 'b', 'c']),
    'c',
  );
  assert.throws(() => pick(Math.random, []), RangeError);
});

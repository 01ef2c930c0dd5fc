import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { judge, parseCommittedFigures, readCommittedFigures } from './bounds.ts';
import { boundOf, type Figure, meets } from './figure.ts';

const figure = (value: number, better: Figure['better'] = 'lower'): Figure => ({
  name: 'beside the floor',
  value,
  unit: 'ratio',
  better,
});

describe('a bound', () => {
  test('is the committed figure and 25 % of it, in the direction that is worse', () => {
    assert.equal(boundOf(1.2, 'lower'), 1.5);
    assert.equal(boundOf(1, 'higher'), 0.8);
  });

  test('holds what is as good as it and breaks at what is worse', () => {
    const committed = { 'beside the floor': 1.2 };
    assert.equal(judge(committed, figure(1.5)).verdict, 'within');
    assert.equal(judge(committed, figure(1.51)).verdict, 'broken');
    assert.equal(judge(committed, figure(0.96, 'higher')).verdict, 'within');
    assert.equal(judge(committed, figure(0.95, 'higher')).verdict, 'broken');
    assert.deepEqual(judge({}, figure(99)), { ...figure(99), verdict: 'new' });
  });

  test('of nothing is nothing: where none was lost, one is too many', () => {
    const committed = { 'beside the floor': 0 };
    assert.equal(judge(committed, figure(0)).verdict, 'within');
    assert.equal(judge(committed, figure(1)).verdict, 'broken');
  });

  test('never breaks on the committed figure itself', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        fc.constantFrom('lower' as const, 'higher' as const),
        (value, better) => meets(value, boundOf(value, better), better),
      ),
    );
  });
});

describe('bounds.json', () => {
  test('is what the benchmarks read', async () => {
    assert.equal(typeof (await readCommittedFigures()), 'object');
  });

  test('is refused where a figure is no number', () => {
    assert.throws(() => parseCommittedFigures('{"flow":{"lost":"0"}}'), /flow, lost is not a number/);
    assert.throws(() => parseCommittedFigures('{"flow":1}'), /flow is not an object/);
  });
});

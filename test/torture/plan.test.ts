import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Fault } from './fault.ts';
import { makePlan, type PlanLine, planLines } from './plan.ts';

const minuteMs = 60_000;
const isInvisible = ({ fault }: PlanLine) =>
  fault.kind === 'x-outage' && (fault.mode === 'silent' || fault.mode === 'dead-url');
const options = fc.record({
  seed: fc.nat(),
  minutes: fc.integer({ min: 1, max: 30 }),
  speed: fc.constantFrom(10, 20, 60),
  stream: fc.boolean(),
});

describe('a plan', () => {
  test('is the same for the same seed, and another for another', () => {
    fc.assert(
      fc.property(options, (given) => {
        assert.deepEqual(makePlan(given), makePlan(given));
        assert.notDeepEqual(makePlan(given).lines, makePlan({ ...given, seed: given.seed + 1 }).lines);
      }),
      { numRuns: 20 },
    );
  });

  test('ends in time, in the order of its lines, one line of text for each', () => {
    fc.assert(
      fc.property(options, (given) => {
        const plan = makePlan(given);
        assert.ok(plan.lines.every(({ atMs, forMs }) => forMs >= 0 && atMs + forMs <= given.minutes * minuteMs));
        assert.ok(plan.lines.every(({ atMs }, index) => atMs >= (plan.lines[index - 1]?.atMs ?? 0)));
        assert.equal(planLines(plan).length, plan.lines.length);
      }),
      { numRuns: 20 },
    );
  });

  test('has outages that nobody here can see only as long as they are found, and far from each other', () => {
    fc.assert(
      fc.property(options, (given) => {
        const outages = makePlan(given).lines.filter(isInvisible);
        for (const [index, { atMs, forMs }] of outages.entries()) {
          const localMs = forMs * given.speed;
          assert.ok(localMs <= 201_000 || localMs >= 9 * minuteMs - given.speed, `${localMs} ms`);
          const before = outages[index - 1];
          assert.ok(!before || (atMs - before.atMs - before.forMs) * given.speed >= 6 * minuteMs - given.speed);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('has with the stream, however short, what its readers need their permissions for', () => {
    fc.assert(
      fc.property(options, (given) => {
        const told = planLines(makePlan({ ...given, stream: true })).join('\n');
        for (const fault of [/ReadStream killed/, /activity stream: disconnect/, /huge-activity/])
          assert.match(told, fault);
      }),
      { numRuns: 20 },
    );
  });

  test('of half an hour has every kind of fault', () => {
    const kinds: readonly Fault['kind'][] = [
      'kill',
      'pause',
      'aws',
      'stop',
      'garbage',
      'wrong-secret',
      'clock',
      'x-outage',
      'replay',
      'next-job',
      'forgeries',
      'repeats',
      'oddities',
    ];
    const found = (stream: boolean) =>
      [
        ...new Set(makePlan({ seed: 1, minutes: 30, speed: 20, stream }).lines.map(({ fault }) => fault.kind)),
      ].toSorted();
    assert.deepEqual(found(false), kinds.toSorted());
    assert.deepEqual(found(true), [...kinds, 'stream'].toSorted());
  });
});

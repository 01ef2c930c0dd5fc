import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { subtract } from '../../../shared/domain/gaps/interval.ts';
import { watch } from '../../../shared/domain/gaps/watch.ts';
import { outage, rules, start, World, type WorldStream } from './world.ts';

const one = () => 1;
const breakAt = (fromMinute: number, toMinute: number) => {
  const { fromMs, toMs } = outage('silent', fromMinute, toMinute);
  return { fromMs, toMs };
};
const ended = (world: World) =>
  world.allGaps.map(({ reason, state, story }) => `${reason} ${state}: ${story.at(-1)?.line}`);

describe('an outage of the webhook beside the stream', () => {
  const outages = [outage('silent', 60, 90)];

  test('is covered by the stream, without a replay, as soon as the stream is known to reach beyond it', () => {
    const world = new World({ outages, stream: {} }).run(180);
    assert.equal(world.missing(), 0);
    assert.deepEqual(world.jobs, []);
    assert.match(ended(world).join('\n'), /^heartbeat healed: covered by the stream, which brought all of .*$/);
  });

  test('is covered when deliveries were refused, too', () => {
    const world = new World({ outages: [outage('refused', 60, 62)], stream: {} }).run(120);
    assert.deepEqual(world.jobs, []);
    assert.match(ended(world).join('\n'), /^refusals healed: covered by the stream/);
  });

  test('is replayed where the webhook carries the Account Activity API as well', () => {
    const world = new World({ outages, stream: { webhookOnly: one } }).run(180);
    assert.equal(world.missing(), 0);
    assert.equal(world.jobs.length, 1);
    assert.match(ended(world).join('\n'), /^heartbeat healed: replayed in full; 30 events were missing/);
  });

  test('is replayed when the stream was away for a part of it, and then covers that part, too', () => {
    const world = new World({ outages, stream: { breaks: [breakAt(70, 80)] } }).run(180);
    assert.equal(world.missing(), 0);
    assert.equal(world.jobs.length, 1);
    assert.deepEqual(
      ended(world).map((line) => line.replace(/:.*/, '')),
      ['heartbeat healed', 'stream healed'],
    );
  });
});

describe('a break of the stream', () => {
  test('of five minutes is filled back by X and is no gap', () => {
    assert.deepEqual(ended(new World({ stream: { breaks: [breakAt(60, 65)], streamOnly: one } }).run(120)), []);
  });

  test('is covered by the webhook that worked all the time', () => {
    const world = new World({ stream: { breaks: [breakAt(60, 200)] } }).run(240);
    assert.match(ended(world).join('\n'), /^stream healed: covered by the webhook/);
    const [gap] = world.finished;
    assert.deepEqual(breakAt(60, 195), { fromMs: gap?.fromMs, toMs: gap?.toMs }, 'five minutes are filled back');
  });

  test('is open while it lasts, and shown from its first minute', () => {
    const world = new World({ stream: { breaks: [breakAt(60, 200)] } }).run(72);
    assert.deepEqual(
      world.allGaps.map(({ reason, state, toMs, fromMs }) => [reason, state, fromMs, toMs]),
      [['stream', 'open', breakAt(60, 61).fromMs, null]],
    );
  });

  test('is healed when a later connection recovers it, whoever has no webhook', () => {
    const world = new World({ stream: { breaks: [breakAt(60, 200)], streamOnly: one, recovers: true } }).run(240);
    assert.equal(world.missing(), 0);
    assert.match(ended(world).join('\n'), /^stream healed: a later connection recovered all of it$/);
  });

  test('is lost once X no longer recovers it, where a subscription is not on the webhook', () => {
    const world = new World({ stream: { breaks: [breakAt(60, 200)], streamOnly: one } });
    assert.equal(world.run(200 + 24 * 60 - 10).tick.gaps[0]?.state, 'open');
    world.run(20);
    const [gap] = world.finished;
    assert.deepEqual(
      gap?.lostParts.map(({ fromMs, toMs }) => ({ fromMs, toMs })),
      [breakAt(60, 195)],
    );
    assert.equal(gap?.state, 'lost');
  });

  test('is lost only where the webhook was down at the same time and no replay came', () => {
    const options = { outages: [outage('silent', 80, 120)], ends: ['Incomplete'] as const };
    const world = new World({ ...options, stream: { breaks: [breakAt(60, 200)] } }).run(200 + 24 * 60 + 10);
    const broken = world.finished.find(({ reason }) => reason === 'stream');
    assert.equal(broken?.state, 'lost');
    const lost = broken?.lostParts ?? [];
    assert.deepEqual(subtract([breakAt(80, 120)], lost), []);
    assert.deepEqual(subtract(lost, [breakAt(70, 130)]), []);
  });
});

test('a stream that is switched off ends its gap, which the webhook covers', () => {
  const world = new World({ stream: { breaks: [breakAt(60, 400)] } }).run(100);
  const { stream: _off, ...seen } = world.seen ?? assert.fail('no tick');
  const off = watch(world.tick, { ...seen, nowMs: seen.nowMs + 60_000 }, rules);
  assert.deepEqual(
    off.gaps.map(({ reason, toMs }) => [reason, toMs]),
    [['stream', seen.nowMs + 60_000]],
  );
  assert.equal(off.state.streamJudgedToMs, undefined);
});

describe('whatever happens to both ways', () => {
  const spans = (shortest: number) =>
    fc
      .array(fc.record({ quiet: fc.integer({ min: 1, max: 120 }), length: fc.integer({ min: shortest, max: 100 }) }), {
        maxLength: 3,
      })
      .map((drawn) => {
        let minute = 30;
        return drawn.map(({ quiet, length }) => {
          const from = minute + quiet;
          minute = from + length;
          return [from, minute] as const;
        });
      });
  const kinds = fc.constantFrom('silent', 'refused', 'invalid');
  const rates = fc.constantFrom(undefined, one, (minute: number) => (minute % 5 === 0 ? 1 : 0));
  const horizonMs = 8 * 60 * 60_000;
  const worlds = fc.record({
    down: spans(12),
    kind: kinds,
    breaks: spans(1),
    webhookOnly: rates,
    streamOnly: rates,
    recovers: fc.boolean(),
  });

  test('a gap is healed only when every event of it is there, and what is not healed is lost', () => {
    fc.assert(
      fc.property(worlds, ({ down, kind, breaks, webhookOnly, streamOnly, recovers }) => {
        const stream: WorldStream = {
          breaks: breaks.map(([from, to]) => breakAt(from, to)),
          ...(webhookOnly && { webhookOnly }),
          ...(streamOnly && { streamOnly }),
          recovers,
        };
        const outages = down.map(([from, to]) => outage(kind, from, to));
        const world = new World({ outages, stream, rules: { horizonMs, streamHorizonMs: horizonMs } });
        const last = Math.max(60, ...[...down, ...breaks].map(([, to]) => to));
        world.run(last + 9 * 60, ({ tick, seen }) => {
          assert.ok(seen);
          const again = watch(tick, seen, world.rules);
          assert.deepEqual([again.effects, again.state, again.gaps], [[], tick.state, tick.gaps]);
        });

        assert.deepEqual(world.tick.gaps, []);
        for (const { gapId, reason, state, story } of world.finished) {
          if (state === 'healed') assert.equal(world.missingAtEnd.get(gapId), 0, `${gapId}: ${story.at(-1)?.line}`);
          if (reason !== 'stream') assert.equal(state, 'healed');
        }
        const lost = world.finished.flatMap(({ lostParts }) => lostParts);
        for (let minute = 0; minute < world.minute - 60; minute += 1) {
          const fromMs = start + minute * 60_000;
          const isLost = subtract([{ fromMs, toMs: fromMs + 60_000 }], lost).length === 0;
          if (!isLost) assert.equal(world.missing(minute + 1, minute), 0, `minute ${minute}`);
        }
      }),
      { numRuns: 20 },
    );
  });
});

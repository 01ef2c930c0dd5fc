import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { account, awsAccounting, localAccounting } from '../../../shared/use-cases/report/account.ts';
import { daySpan, type ReportInput, report } from '../../../shared/use-cases/report.ts';
import type { CoverageMinute } from '../../../shared/watch-ports.ts';
import { at, openGap } from '../../domain/gaps/seen.ts';

const day = '2026-11-21';

/** What the recorder counted in a minute of that day. */
const counted = (minute: number, changes: Partial<CoverageMinute> = {}): CoverageMinute => ({
  minuteMs: at(minute),
  lastReceivedAtMs: at(minute),
  deliveries: 0,
  replayed: 0,
  events: 0,
  stored: 0,
  duplicates: 0,
  unknown: 0,
  storedLate: 0,
  duplicatesLate: 0,
  duplicatesOtherWay: 0,
  backfilled: 0,
  storedBackfill: 0,
  products: new Map(),
  ...changes,
});
const accepted = (minute: number, count: number) => ({ minuteMs: at(minute), count });

const reportAt = (nowMinute: number, input: Partial<ReportInput> = {}) =>
  report({
    day,
    nowMs: at(nowMinute),
    minutes: [],
    streamed: [],
    accepted: [],
    inFlight: 0,
    deadLettered: 0,
    gaps: [],
    rules: localAccounting,
    ...input,
  });

describe('the report of a day', () => {
  test('tells which way each event came first, and why it came again', () => {
    const minutes = [
      counted(10, {
        deliveries: 6,
        events: 6,
        stored: 2,
        duplicates: 4,
        storedLate: 1,
        duplicatesLate: 1,
        duplicatesOtherWay: 2,
      }),
    ];
    const streamed = [
      counted(10, {
        deliveries: 7,
        events: 7,
        stored: 5,
        duplicates: 2,
        duplicatesOtherWay: 1,
        backfilled: 3,
        storedBackfill: 2,
      }),
    ];
    const { total, accounting } = reportAt(120, { minutes, streamed, accepted: [accepted(10, 6)] });
    assert.deepEqual(total.storedBy, { webhook: 1, stream: 3, replay: 1, backfill: 2 });
    assert.deepEqual(total.duplicatesBy, { retry: 2, replay: 1, otherWay: 3 });
    assert.deepEqual(total.stream, { recorded: 7, backfilled: 3, stored: 5, duplicates: 2 });
    assert.deepEqual([total.recorded, total.events, total.stored, total.duplicates], [6, 13, 7, 6]);
    assert.deepEqual([accounting.recorded, accounting.eventsDifference, accounting.holds], [6, 0, true]);
  });

  test('does not hold when an event of the stream is neither stored nor a duplicate', () => {
    const streamed = [counted(10, { deliveries: 1, events: 2, stored: 1 })];
    const { accounting } = reportAt(120, { streamed });
    assert.deepEqual([accounting.eventsDifference, accounting.holds], [1, false]);
  });

  test('has the hours that have begun', () => {
    assert.deepEqual(
      reportAt(61).hours.map(({ hour }) => hour),
      ['2026-11-21T00:00:00.000Z', '2026-11-21T01:00:00.000Z'],
    );
    assert.equal(reportAt(26 * 60).hours.length, 24);
    assert.deepEqual(daySpan(day, at(-5)), { fromMs: at(0), toMs: at(0) });
  });

  test('sums what came live and by replay, by hour and in all', () => {
    const minutes = [
      counted(10, { deliveries: 5, events: 6, stored: 4, duplicates: 2, unknown: 1 }),
      counted(59, {
        deliveries: 3,
        replayed: 2,
        events: 9,
        stored: 3,
        duplicates: 6,
        storedLate: 2,
        duplicatesLate: 5,
      }),
      counted(60, { deliveries: 1, events: 1, stored: 1 }),
    ];
    const { hours, total } = reportAt(120, { minutes, accepted: [accepted(10, 5), accepted(59, 3), accepted(60, 1)] });

    const { hour: _hour, minutes: _kinds, ...first } = hours[0] ?? assert.fail('no hour');
    assert.deepEqual(first, {
      accepted: 8,
      recorded: 8,
      events: 15,
      stored: 7,
      duplicates: 8,
      unknown: 1,
      live: { stored: 5, duplicates: 3 },
      replay: { deliveries: 2, stored: 2, duplicates: 5 },
      stream: { recorded: 0, backfilled: 0, stored: 0, duplicates: 0 },
      storedBy: { webhook: 5, stream: 0, replay: 2, backfill: 0 },
      duplicatesBy: { retry: 3, replay: 5, otherWay: 0 },
    });
    assert.deepEqual([total.accepted, total.recorded, total.stored, total.replay.stored], [9, 9, 8, 2]);
  });

  test('shows every replayed event as duplicate where nothing was missing', () => {
    const minutes = [counted(5, { deliveries: 9, replayed: 9, events: 12, duplicates: 12, duplicatesLate: 12 })];

    assert.deepEqual(reportAt(60, { minutes }).total.replay, { deliveries: 9, stored: 0, duplicates: 12 });
  });

  test('leaves open what nobody measured', () => {
    const { hours, total, accounting } = reportAt(60, {
      accepted: undefined,
      minutes: [counted(1, { deliveries: 4 })],
    });

    assert.deepEqual([hours[0]?.accepted, total.accepted, accounting.holds], [null, null, null]);
  });

  test('counts each minute once: in a gap, with deliveries, or quiet', () => {
    const minutes = [counted(3, { deliveries: 1 }), counted(10, { deliveries: 1 }), counted(61, { deliveries: 1 })];
    // From the middle of minute 9 to that of minute 12: both are touched.
    const gaps = [openGap(9.5, 12.5, { state: 'healed' })];
    const { hours, total } = reportAt(90.5, { minutes, gaps });

    assert.deepEqual(
      hours.map((hour) => hour.minutes),
      [
        { withDeliveries: 1, quiet: 55, inGap: 4 },
        { withDeliveries: 1, quiet: 30, inGap: 0 },
      ],
    );
    assert.deepEqual(total.minutes, { withDeliveries: 2, quiet: 85, inGap: 4 });
  });

  test('counts an outage that goes on up to now, and neither suspicion, silence nor subscriptions', () => {
    const open = { toMs: null, state: 'open' } as const;
    const gaps = [
      openGap(50, 60, open),
      openGap(10, 20, { ...open, state: 'suspected' }),
      openGap(10, 20, { ...open, reason: 'silence' }),
      openGap(10, 20, { ...open, reason: 'subscriptions' }),
    ];

    assert.equal(reportAt(60, { gaps }).total.minutes.inGap, 10);
  });

  test('lists the gaps that touch it, newest first', () => {
    const [before, overMidnight, within, after] = [
      openGap(-60, 0),
      openGap(-10, 5),
      openGap(100, 110, { toMs: null }),
      openGap(1440, 1450),
    ] as const;
    const { gaps } = reportAt(2000, { gaps: [before, overMidnight, within, after] });

    assert.deepEqual(gaps, [within, overMidnight]);
  });
});

describe('the account of deliveries', () => {
  const span = { fromMs: at(0), toMs: at(60) };
  const of = (acceptedCount: number, recorded: number, waiting: Partial<Record<'inFlight' | 'deadLettered', number>>) =>
    account({
      span,
      minutes: [counted(30, { deliveries: recorded })],
      streamed: [],
      accepted: [accepted(30, acceptedCount)],
      inFlight: 0,
      deadLettered: 0,
      rules: localAccounting,
      ...waiting,
    });

  test('holds when what is not recorded is in flight or dead-lettered', () => {
    const { holds, difference } = of(10, 6, { inFlight: 3, deadLettered: 1 });

    assert.deepEqual([holds, difference], [true, 0]);
  });

  test('holds when more waits than is missing: it may be of another day', () => {
    assert.equal(of(10, 10, { inFlight: 5, deadLettered: 2 }).holds, true);
  });

  test('names what is nowhere', () => {
    const { holds, difference } = of(10, 6, { inFlight: 3 });

    assert.deepEqual([holds, difference], [false, 1]);
  });

  test('names what was never accepted', () => {
    const { holds, difference } = of(10, 12, { inFlight: 3 });

    assert.deepEqual([holds, difference], [false, -2]);
  });

  test('loses no delivery between two days or hours, whatever is in flight', () => {
    const amounts = fc.record({
      recorded: fc.nat(1e6),
      inFlight: fc.nat(1e4),
      deadLettered: fc.nat(1e4),
      lost: fc.nat(9),
    });
    fc.assert(
      fc.property(amounts, ({ recorded, inFlight, deadLettered, lost }) => {
        const { difference, holds } = of(recorded + inFlight + deadLettered + lost, recorded, {
          inFlight,
          deadLettered,
        });
        assert.deepEqual([difference, holds], [lost, lost === 0]);
      }),
    );
  });

  test('bears on AWS twenty deliveries or one in a thousand, and no more', () => {
    const onAws = (count: number, missing: number) =>
      account({
        span,
        minutes: [counted(30, { deliveries: count - missing })],
        streamed: [],
        accepted: [accepted(30, count)],
        inFlight: 0,
        deadLettered: 0,
        rules: awsAccounting,
      }).holds;

    assert.deepEqual([onAws(1000, 20), onAws(1000, 21)], [true, false]);
    assert.deepEqual([onAws(1000, -20), onAws(1000, -21)], [true, false]);
    assert.deepEqual([onAws(100_000, 100), onAws(100_000, 101)], [true, false]);
  });

  test('bears what its first and last minute may share with their neighbours', () => {
    const edges = (first: number, last: number, acceptedCount: number) => {
      const minutes = [counted(0, { deliveries: first }), counted(59, { deliveries: last })];
      const waiting = { inFlight: 0, deadLettered: 0, rules: localAccounting };
      return account({ span, minutes, streamed: [], accepted: [accepted(30, acceptedCount)], ...waiting }).holds;
    };

    assert.deepEqual([edges(1, 2, 0), edges(1, 2, 6), edges(1, 2, 7)], [true, true, false]);
  });

  test('does not judge minutes that the metrics may not show yet', () => {
    const { accounting } = reportAt(60, {
      rules: awsAccounting,
      minutes: [counted(20, { deliveries: 100 }), counted(45, { deliveries: 900 })],
      accepted: [accepted(20, 100)],
    });

    assert.deepEqual([accounting.until, accounting.recorded], ['2026-11-21T00:45:00.000Z', 100]);
    assert.equal(accounting.holds, true);
  });

  test('holds at the first minute of a day, of which nothing can be judged', () => {
    const { accounting } = reportAt(1, { rules: awsAccounting, minutes: [counted(0, { deliveries: 9 })] });

    assert.deepEqual([accounting.until, accounting.recorded, accounting.holds], ['2026-11-21T00:00:00.000Z', 0, true]);
  });
});

describe('the account of events', () => {
  test('does not hold when one is neither stored nor duplicate, measured or not', () => {
    const minutes = [counted(10, { deliveries: 1, events: 3, stored: 1, duplicates: 1 })];
    const unmeasured = reportAt(60, { minutes, accepted: undefined }).accounting;
    const measured = reportAt(60, { minutes, accepted: [accepted(10, 1)] }).accounting;

    assert.deepEqual([unmeasured.eventsDifference, unmeasured.holds], [1, false]);
    assert.deepEqual([measured.difference, measured.holds], [0, false]);
  });
});

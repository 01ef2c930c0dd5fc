import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Gap } from '../../../../shared/domain/gaps/gap.ts';
import { measure } from '../../../../shared/use-cases/watch-app/measure.ts';
import type { WatchReport } from '../../../../shared/use-cases/watch-app.ts';
import { at, known, openGap, rules } from '../../../domain/gaps/seen.ts';

const report = (changes: Partial<WatchReport> = {}): WatchReport => ({
  app: 'default',
  outcome: 'watched',
  webhook: { kind: 'found', webhookId: '7', valid: true },
  problems: [],
  asked: [],
  tick: { state: known(), gaps: [] },
  finished: [],
  jobFailed: false,
  jobOverdue: false,
  ...changes,
});
const withGaps = (...gaps: readonly Gap[]) => report({ tick: { state: known(), gaps } });
const measured = (reports: readonly WatchReport[], failed = 0) => measure(reports, { failed, nowMs: at(1440), rules });

describe('measure', () => {
  test('counts nothing when all is well', () => {
    assert.deepEqual([...new Set(Object.values(measured([report(), report()])))], [0]);
  });

  test('counts outages, going on or being replayed, apart from suspicions and what only a person can mend', () => {
    const { gapsUnfinished, silences, subscriptionsMissing } = measured([
      withGaps(openGap(0, 1), openGap(5, 6, { toMs: null }), openGap(8, 9, { state: 'suspected' })),
      withGaps(openGap(1, 2, { reason: 'silence', state: 'suspected' }), openGap(1, 2, { reason: 'subscriptions' })),
    ]);
    assert.deepEqual([gapsUnfinished, silences, subscriptionsMissing], [2, 1, 1]);
  });

  test('tells how much of the horizon has passed for the oldest event that is still missing', () => {
    const share = (...reports: readonly WatchReport[]) => measured(reports).recoverabilityShare;
    assert.equal(share(withGaps(openGap(722, 800))), 0.5);
    assert.equal(share(withGaps(openGap(722, 800)), withGaps(openGap(362, 400))), 0.75);
    assert.equal(share(withGaps(openGap(1080, 1081, { toMs: null }))), 0.25);
    assert.equal(share(withGaps(openGap(0, 1, { reason: 'silence', toMs: null }))), 0);
  });

  test('counts no time that is replayed already', () => {
    const settled = [{ fromMs: at(0), toMs: at(1080), atMs: at(1400) }];
    const tick = { state: known({ settled }), gaps: [openGap(720, 1200)] };
    assert.equal(measured([report({ tick })]).recoverabilityShare, 0.25);
  });

  test('counts what ended badly in this tick', () => {
    const finished = (['healed', 'lost', 'unproven', 'lost'] as const).map((state) => openGap(0, 1, { state }));
    const { gapsLost, gapsUnproven } = measured([report({ finished })]);
    assert.deepEqual([gapsLost, gapsUnproven], [2, 1]);
  });

  test('counts replays that failed, were refused or are overdue, and apps that could not be watched', () => {
    const asked = [
      { what: 'replay', answer: 'refused' },
      { what: 'replay', answer: 'conflict' },
      { what: 'validate', answer: 'unknown' },
    ] as const;
    const reports = [report({ asked, problems: ['one', 'two'] }), report({ jobFailed: true, jobOverdue: true })];
    const { replayFailures, jobOverdue, watchFailures } = measured(reports, 3);
    assert.deepEqual([replayFailures, jobOverdue, watchFailures], [2, 1, 4]);
  });
});

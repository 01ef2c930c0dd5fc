import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { localTime } from '../../../cli/output/local-time.ts';
import { checkBounds } from '../../../cli/replay/check-bounds.ts';
import type { Draft } from '../../../cli/replay/manual-gap.ts';
import { obstacles, outlook } from '../../../cli/replay/outlook.ts';
import { minuteMs } from '../../../shared/domain/gaps/interval.ts';
import { planReplay } from '../../../shared/domain/gaps/plan-replay.ts';
import { defaultReplayRules as rules } from '../../../shared/domain/gaps/replay-rules.ts';
import { known } from '../../domain/gaps/seen.ts';
import { detectedGap, minutesAgo, nowMs } from '../gap-project.ts';

const draft = (from: number, to: number, changes: Partial<Draft['tick']> = {}): Draft => ({
  gap: { ...detectedGap(from, to, { reason: 'manual' }), toMs: minutesAgo(to) },
  tick: { state: known({ watchedAtMs: nowMs }), gaps: [], ...changes },
});
const windowLines = (lines: readonly string[]) => lines.filter((line) => line.startsWith('  '));

describe('the outlook of a replay', () => {
  test('has the windows that the planner will ask for, one after the other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 23 * 60 }), fc.integer({ min: 32, max: 90 }), (length, to) => {
        fc.pre(to + length <= 24 * 60 - 6);
        const one = draft(to + length, to);
        const planned: string[] = [];
        for (let settled: readonly { fromMs: number; toMs: number; atMs: number }[] = []; ; ) {
          const plan = planReplay({ nowMs, gaps: [one.gap], settled, trouble: undefined, rules });
          if (plan.kind !== 'window') break;
          planned.push(`  ${localTime(plan.window.fromMs)} to ${localTime(plan.window.toMs)}`);
          settled = [...settled, { ...plan.window, atMs: nowMs }];
        }
        const shown = windowLines(outlook(one, nowMs, rules)).map((line) => line.slice(0, (planned[0] ?? '').length));
        assert.deepEqual(shown, planned);
      }),
      { numRuns: 50 },
    );
  });

  test('says when X takes a window that is too young', () => {
    const [line = ''] = windowLines(outlook(draft(10, 5), nowMs, rules));

    // It begins 12 minutes ago and ends 3 minutes ago; X wants 31 and 10.
    assert.match(line, new RegExp(`not before ${localTime(nowMs + 19 * minuteMs)}: .* 31 minutes old and the end 10`));
  });

  test('counts what is to be replayed already', () => {
    const one = draft(120, 60, { gaps: [detectedGap(400, 300), detectedGap(50, null)] });

    assert.match(outlook(one, nowMs, rules).join('\n'), /unfinished already: 1\./);
  });
});

describe('what keeps a replay waiting', () => {
  test('is nothing when the watcher runs, X has the webhook and no outage goes on', () => {
    assert.deepEqual(obstacles(draft(120, 60), nowMs), []);
  });

  test('is a watcher that is away', () => {
    const away = known({ watchedAtMs: minutesAgo(6) });

    assert.match(
      obstacles(draft(120, 60, { state: away }), nowMs).join(),
      /last looked at this app at .* until it runs/,
    );
  });

  test('is an outage that goes on', () => {
    const ongoing = detectedGap(20, null);

    assert.match(
      obstacles(draft(120, 60, { gaps: [ongoing] }), nowMs).join(),
      new RegExp(`goes on .*\\(${ongoing.gapId}\\)`),
    );
  });
});

describe('the bounds of a replay', () => {
  test('that pass are such that nothing of them is lost while the watcher needs five minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 0, max: 1500 }), (from, to) => {
        const bounds = { fromMs: minutesAgo(from), toMs: minutesAgo(to) };
        const passes = from > to && from <= 24 * 60 - 6;
        if (!passes) return assert.throws(() => checkBounds(bounds, nowMs, rules), { code: 'USAGE' });
        checkBounds(bounds, nowMs, rules);
        const gap = { ...detectedGap(from, to), ...bounds };
        const later = planReplay({ nowMs: nowMs + 5 * minuteMs, gaps: [gap], settled: [], trouble: undefined, rules });
        const fallen = later.kind === 'fallen' ? later.fallen : [];
        assert.deepEqual(
          fallen.filter(({ toMs }) => toMs > gap.fromMs),
          [],
        );
      }),
    );
  });
});

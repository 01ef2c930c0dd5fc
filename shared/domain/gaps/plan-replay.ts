import { type Gap, isReplayable } from './gap.ts';
import { type Interval, intersect, minuteMs, subtract, toWholeMinutes, union } from './interval.ts';
import type { ReplayRules } from './replay-rules.ts';

/** How the attempts at the window that starts here have gone so far. */
export interface WindowTrouble {
  readonly fromMs: number;
  /** Jobs that failed at this start. */
  readonly attempts: number;
  /** How often the window was halved: only X's Incomplete does that. */
  readonly halvings: number;
}

/** `wait`: nothing may be asked for before `untilMs`. `fallen`: what the horizon has passed, to be written off first. */
export type Plan =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'fallen'; readonly fallen: readonly Interval[] }
  | { readonly kind: 'wait'; readonly untilMs: number }
  | { readonly kind: 'window'; readonly window: Interval };

/** A window that is replayed or written off, and when its job was asked for. */
export interface Settled extends Interval {
  readonly atMs: number;
}

/**
 * X tries an event four times within 272 s (legacy enterprise guide) and replays it by its first try. What we refused
 * may have been the last one, and the tries before it never reached us.
 */
const triesMs = 5 * minuteMs;

/** What a gap wants replayed: itself and a margin on both sides, in whole minutes. */
export function wanted(
  { reason, fromMs, toMs }: Gap & { readonly toMs: number },
  rules: Pick<ReplayRules, 'marginMs'>,
): Interval {
  const before = reason === 'refusals' ? Math.max(rules.marginMs, triesMs) : rules.marginMs;
  return toWholeMinutes({ fromMs: fromMs - before, toMs: toMs + rules.marginMs });
}

/** What of the gaps is still to be replayed. Only windows settled since a gap was opened count for it. */
export function remaining(
  gaps: readonly Gap[],
  settled: readonly Settled[],
  rules: Pick<ReplayRules, 'marginMs'>,
): readonly Interval[] {
  const left = gaps.filter(isReplayable).flatMap((gap) =>
    subtract(
      [wanted(gap, rules)],
      settled.filter(({ atMs }) => atMs >= gap.openedAtMs),
    ),
  );
  return union(left);
}

/**
 * The next window to ask X for: overlapping gaps merged, oldest first, at most two hours long, the next `from` the
 * previous `to`, never outside the horizon or inside the embargo (docs.x.com, Account Activity replay).
 */
export function planReplay(input: {
  readonly nowMs: number;
  readonly gaps: readonly Gap[];
  readonly settled: readonly Settled[];
  readonly trouble?: WindowTrouble | undefined;
  readonly rules: ReplayRules;
}): Plan {
  const { nowMs, rules } = input;
  const todo = remaining(input.gaps, input.settled, rules);
  const horizonAtMs = earliestFrom(nowMs, rules);
  const fallen = intersect(todo, [{ fromMs: Number.NEGATIVE_INFINITY, toMs: horizonAtMs }]);
  if (fallen.length > 0) return { kind: 'fallen', fallen };
  const first = todo[0];
  if (!first) return { kind: 'nothing' };
  const window = firstWindow(first, input.trouble, rules);
  const untilMs = Math.max(window.fromMs + rules.fromEmbargoMs, window.toMs + rules.toEmbargoMs);
  return nowMs < untilMs ? { kind: 'wait', untilMs } : { kind: 'window', window };
}

/** The oldest whole minute that X still replays, one minute kept back for the way to X. */
export function earliestFrom(nowMs: number, rules: Pick<ReplayRules, 'horizonMs'>): number {
  return Math.ceil((nowMs - rules.horizonMs) / minuteMs) * minuteMs + minuteMs;
}

function firstWindow(first: Interval, trouble: WindowTrouble | undefined, rules: ReplayRules): Interval {
  const halvings = trouble?.fromMs === first.fromMs ? trouble.halvings : 0;
  const whole = Math.min(first.toMs - first.fromMs, rules.longestWindowMs);
  const minutes = Math.max(1, Math.ceil(whole / minuteMs / 2 ** halvings));
  return { fromMs: first.fromMs, toMs: first.fromMs + minutes * minuteMs };
}

import { type Gap, newGap, tell } from './gap.ts';
import { type Interval, minuteMs, subtract } from './interval.ts';
import type { WatchRules } from './watch-rules.ts';
import type { Observations, Tick } from './watch-state.ts';

/** Without a break judged yet, the stream's first connection is looked for as far back as this. */
const firstLookMs = 60 * minuteMs;

/** The first moment whose coverage a tick needs: since what was judged, and all that an unfinished gap may be covered by. */
export function streamFrom({ state, gaps }: Tick, nowMs: number, { marginMs }: WatchRules): number {
  const judgedMs = state.streamJudgedToMs ?? nowMs - firstLookMs;
  return Math.min(judgedMs, ...gaps.map(({ fromMs }) => fromMs)) - marginMs - minuteMs;
}

/**
 * The sixth detector, where there is a stream: breaks of its coverage that X has not filled back in time. What came
 * before its first connection is no break. Where the setting was switched off, its gaps end and no new ones begin.
 */
export function detectStream(tick: Tick, { stream, nowMs }: Observations, rules: WatchRules): Tick {
  const ongoing = tick.gaps.find(isOngoingBreak);
  if (stream === undefined) {
    const { streamJudgedToMs: _none, ...state } = tick.state;
    return { state, gaps: ongoing ? end(tick.gaps, ongoing, nowMs, nowMs, 'the stream was switched off') : tick.gaps };
  }
  const judgedMs = tick.state.streamJudgedToMs ?? stream[0]?.fromMs;
  if (judgedMs === undefined) return tick;
  const judgeToMs = Math.max(judgedMs, nowMs - rules.streamBreakMs);
  if (ongoing === undefined) return openBreaks(tick, stream, { fromMs: judgedMs, toMs: judgeToMs }, nowMs);
  const back = stream.find(({ toMs }) => toMs > judgedMs);
  if (back === undefined) return { ...tick, state: { ...tick.state, streamJudgedToMs: judgeToMs } };
  const toMs = back.fromMs > ongoing.fromMs ? back.fromMs : judgedMs;
  const gaps = end(tick.gaps, ongoing, toMs, nowMs, 'X’s stream is connected again');
  const next = Math.max(judgedMs, toMs);
  return openBreaks({ ...tick, gaps }, stream, { fromMs: next, toMs: Math.max(next, judgeToMs) }, nowMs);
}

function isOngoingBreak({ reason, toMs }: Gap): boolean {
  return reason === 'stream' && toMs === null;
}

/** A break that reaches the end of what is judged goes on until the stream is connected again. */
function openBreaks({ state, gaps }: Tick, stream: readonly Interval[], judged: Interval, nowMs: number): Tick {
  const at = { nowMs, app: state.app, webhookId: state.webhookId };
  const opened = subtract([judged], stream).map(({ fromMs, toMs }) => {
    const endMs = toMs < judged.toMs ? toMs : (stream.find((next) => next.fromMs >= toMs)?.fromMs ?? null);
    const line = 'X’s stream was not connected, and X filled nothing back';
    const found = { reason: 'stream', state: 'open', fromMs, toMs: endMs, expectedPerMinute: 0, line } as const;
    return newGap(at, found);
  });
  const judgedToMs = Math.max(judged.toMs, ...opened.map(({ toMs }) => toMs ?? judged.toMs));
  return { state: { ...state, streamJudgedToMs: judgedToMs }, gaps: [...gaps, ...opened] };
}

function end(gaps: readonly Gap[], ongoing: Gap, toMs: number, nowMs: number, line: string): readonly Gap[] {
  return gaps.map((gap) => (gap === ongoing ? tell({ ...gap, toMs }, nowMs, line) : gap));
}

import type { Interval } from './interval.ts';

export const gapReasons = ['heartbeat', 'invalid', 'refusals', 'subscriptions', 'silence', 'manual', 'stream'] as const;
export type GapReason = (typeof gapReasons)[number];

export const gapStates = ['suspected', 'open', 'replaying', 'healed', 'unproven', 'lost'] as const;
export type GapState = (typeof gapStates)[number];

/** A part of a gap that can't come back, and why. */
export interface LostPart extends Interval {
  readonly why: string;
}

/** One line of a gap's story, for people. */
export interface StoryLine {
  readonly atMs: number;
  readonly line: string;
}

/** An interval in which events may be missing, for one X app and its webhook or, by its reason, its stream. */
export interface Gap {
  readonly gapId: string;
  readonly app: string;
  readonly webhookId?: string;
  readonly reason: GapReason;
  readonly state: GapState;
  /** The last good heartbeat before; for refusals the first refused minute. */
  readonly fromMs: number;
  /** The first good heartbeat after; `null` while the outage goes on. */
  readonly toMs: number | null;
  readonly openedAtMs: number;
  /** Replay jobs that were asked for it. */
  readonly attempts: number;
  /** Events that its replays stored for the first time. */
  readonly recovered: number;
  /** Late events stored in its bounds before its first replay was asked for. */
  readonly storedLateBefore?: number;
  /** Deliveries that its replays brought, stored or duplicate. */
  readonly replayed: number;
  /** Deliveries per minute in the hour before it: what a replay should bring. */
  readonly expectedPerMinute: number;
  /** For `heartbeat`: when X was asked for the heartbeat that never came. */
  readonly missedAtMs?: number;
  readonly lostParts: readonly LostPart[];
  readonly story: readonly StoryLine[];
}

/** A story is read by people: its first line and the newest ones tell enough, and an item in the table stays small. */
const longestStory = 60;

export function tell(gap: Gap, atMs: number, line: string): Gap {
  const [first, ...rest] = gap.story;
  const story = [...(first ? [first] : []), ...rest.slice(-(longestStory - 2)), { atMs, line }];
  return { ...gap, story };
}

/** Suspicions and what is still to be replayed. */
export function isUnfinished(gap: Gap): boolean {
  return gap.state === 'suspected' || gap.state === 'open' || gap.state === 'replaying';
}

const webhookOutages: ReadonlySet<GapReason> = new Set(['heartbeat', 'invalid', 'refusals', 'manual']);

/**
 * X may not have delivered by the webhook. Silence and missing subscriptions are for a person, since X replays nothing
 * for them, and what the stream missed is no fault of the webhook.
 */
export function isWebhookOutage({ reason }: Pick<Gap, 'reason'>): boolean {
  return webhookOutages.has(reason);
}

/** Gaps that a replay can fill. */
export function isReplayable(gap: Gap): gap is Gap & { readonly toMs: number } {
  return (gap.state === 'open' || gap.state === 'replaying') && gap.toMs !== null && isWebhookOutage(gap);
}

/** Ticks that see the same thing make the same id, so that the second of two overlapping ones opens nothing. */
export function gapIdOf(app: string, reason: GapReason, fromMs: number): string {
  return `${app}-${reason}-${new Date(fromMs).toISOString().replaceAll(/[-:]/g, '').replace('.', '')}`;
}

export function newGap(
  at: { readonly nowMs: number; readonly app: string; readonly webhookId?: string | undefined },
  found: {
    readonly reason: GapReason;
    readonly state: 'suspected' | 'open';
    readonly fromMs: number;
    readonly toMs: number | null;
    readonly expectedPerMinute: number;
    readonly missedAtMs?: number;
    readonly line: string;
  },
): Gap {
  const { line, ...rest } = found;
  return {
    gapId: gapIdOf(at.app, found.reason, found.fromMs),
    app: at.app,
    ...(at.webhookId === undefined ? {} : { webhookId: at.webhookId }),
    ...rest,
    openedAtMs: at.nowMs,
    attempts: 0,
    recovered: 0,
    replayed: 0,
    lostParts: [],
    story: [{ atMs: at.nowMs, line }],
  };
}

import { monthlyCost } from '../../shared/domain/stream/monthly-cost.ts';
import { breaksBetween } from '../../shared/domain/stream/stream-session.ts';
import { liveHold, type SlotPhase, type StreamSlot } from '../../shared/domain/stream/stream-slot.ts';
import type { CoverageMinute } from '../../shared/watch-ports.ts';
import { isoTime } from '../output/iso-time.ts';
import type { Target } from '../target/target.ts';
import { withGapLedger } from '../target/with-gap-ledger.ts';
import { withStreamLedger } from '../target/with-stream-ledger.ts';

/** X's stream, where the stack reads it. Times are ISO. */
export interface StreamStatus {
  /** Estimated from the lines of the last 24 hours, in dollars. */
  readonly costPerMonth: number;
  readonly apps: Readonly<Record<string, AppStream>>;
}

export interface AppStream {
  /** Of the two that X allows, those that somebody holds. */
  readonly connections: readonly {
    readonly slot: number;
    readonly holder: string;
    readonly phase: SlotPhase;
    readonly since: string | null;
    readonly renewedAt: string;
    readonly endsAt: string;
  }[];
  /** Everything that X sent until then is in the queue: then the newest byte, a keep-alive at least, was seen. */
  readonly coveredUpTo: string | null;
  /** Times of this day (UTC) that X did not fill back yet. */
  readonly breaksToday: number;
  /** The newest of the last disconnects, by X's name for it where it has one. */
  readonly lastDisconnect: { readonly name: string; readonly at: string } | null;
}

const dayMs = 86_400_000;

export async function readStreamStatus(target: Target, apps: readonly string[]): Promise<StreamStatus> {
  const nowMs = target.clock.now();
  const days = await withGapLedger(target, (ledger) =>
    Promise.all(apps.map((app) => ledger.minutes(app, { fromMs: nowMs - dayMs, toMs: nowMs }, 'stream'))),
  );
  const streams = await withStreamLedger(target, ({ lease, sessions }) =>
    Promise.all(
      apps.map(async (app) => {
        const today = { fromMs: Math.floor(nowMs / dayMs) * dayMs, toMs: nowMs + 60_000 };
        const [slots, covering] = await Promise.all([lease.slots(app), sessions.read(app, today)]);
        const coveredUpTo = Math.max(...covering.map(({ toMs }) => toMs));
        const stream: AppStream = {
          connections: slots.flatMap((slot) => connection(slot, nowMs)),
          coveredUpTo: Number.isFinite(coveredUpTo) ? isoTime(coveredUpTo) : null,
          breaksToday: breaksBetween(covering).length,
          lastDisconnect: newestDisconnect(slots),
        };
        return [app, stream] as const;
      }),
    ),
  );
  const costPerMonth = monthlyCost(days.map(toDay), target.outputs.streamMemoryMb);
  return { costPerMonth: Math.round(costPerMonth * 100) / 100, apps: Object.fromEntries(streams) };
}

function toDay(minutes: readonly CoverageMinute[]) {
  const sum = (of: 'deliveries' | 'duplicates') => minutes.reduce((total, minute) => total + minute[of], 0);
  return { lines: sum('deliveries'), duplicates: sum('duplicates') };
}

function connection(slot: StreamSlot, nowMs: number): AppStream['connections'] {
  const hold = liveHold(slot, nowMs);
  if (hold === undefined) return [];
  const { holder, phase, connectedAtMs, renewedAtMs, endsAtMs } = hold;
  const since = connectedAtMs === undefined ? null : isoTime(connectedAtMs);
  return [{ slot: slot.slot, holder, phase, since, renewedAt: isoTime(renewedAtMs), endsAt: isoTime(endsAtMs) }];
}

function newestDisconnect(slots: readonly StreamSlot[]): AppStream['lastDisconnect'] {
  const known = slots.flatMap(({ note: { lastDisconnect: name, lastDisconnectAtMs: atMs } }) =>
    name === undefined || atMs === undefined ? [] : [{ name, atMs }],
  );
  const newest = known.toSorted((one, other) => other.atMs - one.atMs)[0];
  return newest === undefined ? null : { name: newest.name, at: isoTime(newest.atMs) };
}

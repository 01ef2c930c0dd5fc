import type { Reader } from '../../shared/index.ts';
import { isoTime } from '../output/iso-time.ts';
import { chooseApps } from '../target/choose-apps.ts';
import { type QueueDepths, readQueueDepths } from '../target/queue-depths.ts';
import type { Target } from '../target/target.ts';
import { withGapLedger } from '../target/with-gap-ledger.ts';
import { readStreamStatus, type StreamStatus } from './stream-status.ts';

/** Type → how many events are stored. */
export type Counts = Readonly<Record<string, number>>;

export interface StackStatus extends QueueDepths {
  readonly stack: string;
  readonly webhookUrl: string;
  /** Of all time. */
  readonly stored: Counts;
  /** Newest first, UTC, by when the events occurred: the last seven days until `now`, those with events. */
  readonly days: readonly { readonly day: string; readonly stored: Counts }[];
  /** App → ISO time at which its newest recorded delivery was received; null where none is known. */
  readonly lastDeliveryAt: Readonly<Record<string, string | null>>;
  readonly watch: Readonly<Record<string, WatchStatus>>;
  /** Where the stack reads X's stream, too. */
  readonly stream?: StreamStatus;
}

/** Of one app. */
export interface WatchStatus {
  readonly unfinishedGaps: number;
  /** ISO time of the newest good heartbeat: then the whole way from X to the table worked. Null before the first. */
  readonly lastGoodAt: string | null;
}

const recentDays = 7;
const dayMs = 86_400_000;

export async function readStatus(target: Target, reader: Reader): Promise<StackStatus> {
  const { outputs, clock, name } = target;
  const apps = chooseApps(target);
  const [counts, depths, deliveries, watch, stream] = await Promise.all([
    reader.typeCounts(),
    readQueueDepths(target),
    Promise.all(apps.map(async (app) => [app, (await reader.lastDelivery(app)) ?? null] as const)),
    readWatch(target, apps),
    outputs.stream ? readStreamStatus(target, apps) : undefined,
  ]);
  const today = dayOf(clock.now());
  const first = dayOf(clock.now() - (recentDays - 1) * dayMs);
  const recent = counts.filter(({ day }) => first <= day && day <= today);
  return {
    stack: name,
    webhookUrl: outputs.webhookUrl,
    stored: sum(counts),
    days: [...Map.groupBy(recent, ({ day }) => day)].map(([day, ofDay]) => ({ day, stored: sum(ofDay) })),
    ...depths,
    lastDeliveryAt: Object.fromEntries(deliveries),
    watch,
    ...(stream && { stream }),
  };
}

/** What the watcher of each app knows. */
function readWatch(target: Target, apps: readonly string[]) {
  return withGapLedger(target, async (ledger) => {
    const watched = apps.map(async (app) => {
      const { state, gaps } = await ledger.load(app);
      const lastGoodAt = state.lastGoodAtMs === undefined ? null : isoTime(state.lastGoodAtMs);
      return [app, { unfinishedGaps: gaps.length, lastGoodAt }] as const;
    });
    return Object.fromEntries(await Promise.all(watched));
  });
}

/** By type, in the order of the alphabet. */
function sum(counts: Awaited<ReturnType<Reader['typeCounts']>>): Counts {
  const byType = Map.groupBy(counts, ({ type }) => type);
  const sums = [...byType].map(
    ([type, some]) => [type, some.reduce((total, { stored }) => total + stored, 0)] as const,
  );
  return Object.fromEntries(sums.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

import { measuredFrom } from '../../domain/gaps/detect-refusals.ts';
import { streamFrom } from '../../domain/gaps/detect-stream.ts';
import { isLookDue } from '../../domain/gaps/detect-subscriptions.ts';
import { type Gap, isReplayable } from '../../domain/gaps/gap.ts';
import { minuteMs } from '../../domain/gaps/interval.ts';
import { isHeld } from '../../domain/gaps/validation-hold.ts';
import type { WatchRules } from '../../domain/gaps/watch-rules.ts';
import { coverageFrom, type Observations, type Tick, type WatchState } from '../../domain/gaps/watch-state.ts';
import { covered } from '../../domain/stream/stream-session.ts';
import type { StreamSessions } from '../../stream-ports.ts';
import type {
  CoverageMinute,
  SecretChangedAt,
  ValidationHeldUntil,
  WatchLedger,
  WebhookListing,
  WebhookMeasures,
  WebhookMetrics,
  XWebhooks,
} from '../../watch-ports.ts';
import { nameOf } from './name-of-error.ts';
import { type SeenSubscriptions, type SubscriptionDeps, seeSubscriptions } from './see-subscriptions.ts';

interface ObserveDeps extends SubscriptionDeps {
  readonly ledger: WatchLedger;
  readonly x: XWebhooks;
  readonly metrics: WebhookMetrics;
  readonly secretChangedAt: SecretChangedAt;
  readonly heldUntil: ValidationHeldUntil;
  readonly rules: WatchRules;
  readonly webhookUrl: string;
  /** Where X's stream is read, too. */
  readonly stream?: Pick<StreamSessions, 'read'>;
}

export interface Observed {
  readonly seen: Observations;
  /** One sentence for each thing that could not be found out. */
  readonly problems: readonly string[];
}

/** Without any proof yet, heartbeats are looked for as far back as requests are kept. */
const heartbeatsBackMs = 120 * minuteMs;

/** What one tick sees. Throws only when the ledger can't be read: X and the metrics may be away. */
export async function observe(deps: ObserveDeps, before: Tick, nowMs: number): Promise<Observed> {
  const { ledger } = deps;
  const { state, gaps } = before;
  const { app } = state;
  const [looked, measured, minutes, heartbeats, statuses, storedLate, sessions] = await Promise.all([
    lookAtX(deps, state, nowMs),
    measure(deps, before, nowMs),
    ledger.minutes(app, { fromMs: coverageFrom(state, nowMs), toMs: nowMs + minuteMs }),
    ledger.heartbeats(app, state.lastGoodAtMs ?? nowMs - heartbeatsBackMs),
    waitsForStatus(state) ? ledger.jobStatuses(app) : [],
    countLate(ledger, gaps),
    deps.stream?.read(app, { fromMs: streamFrom(before, nowMs, deps.rules), toMs: nowMs + minuteMs }),
  ]);
  const { problems, ...measures } = measured;
  const { problems: unanswered, ...fromX } = looked;
  // Last of all, so that as little time as possible lies between it and asking X.
  const validationHeld = isHeld(await deps.heldUntil(), nowMs);
  const seen: Observations = {
    nowMs,
    minutes,
    heartbeats,
    validationHeld,
    ...fromX,
    ...measures,
    statuses,
    storedLate,
    products: newestByProduct(minutes),
    ...(sessions && { stream: covered(sessions) }),
  };
  return { seen, problems: [...unanswered, ...problems] };
}

/** The webhook as X has it and, where it is time to look, what is subscribed on it. */
async function lookAtX(
  deps: ObserveDeps,
  state: WatchState,
  nowMs: number,
): Promise<Pick<Observations, 'webhook'> & SeenSubscriptions> {
  const listing = await deps.x.list();
  const webhook = findWebhook(listing, deps.webhookUrl);
  if (listing.kind === 'unreachable') return { webhook, problems: [`X can't be asked: ${listing.why}`] };
  if (webhook.kind !== 'found' || !isLookDue(state, nowMs, deps.rules)) return { webhook, problems: [] };
  return { webhook, ...(await seeSubscriptions(deps, state.app, webhook.webhookId, deps.stream !== undefined)) };
}

/** The metrics and, where they show 401s, when the secret was changed. */
async function measure(
  { metrics, secretChangedAt }: ObserveDeps,
  before: Tick,
  nowMs: number,
): Promise<WebhookMeasures & { measured: boolean; secretChangedAtMs?: number; problems: readonly string[] }> {
  const { app } = before.state;
  const nothing = { refusals: [], unauthorized: [], oldestMessageAgeMs: Number.POSITIVE_INFINITY };
  try {
    const measures = await metrics.read(app, { fromMs: measuredFrom(before, nowMs), toMs: nowMs });
    const seen = { ...measures, measured: true };
    if (measures.unauthorized.length === 0) return { ...seen, problems: [] };
    try {
      const changedAtMs = await secretChangedAt(app);
      return { ...seen, ...(changedAtMs !== undefined && { secretChangedAtMs: changedAtMs }), problems: [] };
    } catch (error) {
      return { ...seen, problems: [`when the secret was changed can't be read: ${nameOf(error)}`] };
    }
  } catch (error) {
    return { ...nothing, measured: false, problems: [`the metrics can't be read: ${nameOf(error)}`] };
  }
}

function waitsForStatus({ job }: WatchState): boolean {
  return job?.state === 'running' || job?.state === 'foreign';
}

async function countLate(ledger: WatchLedger, gaps: readonly Gap[]): Promise<ReadonlyMap<string, number>> {
  const counts = gaps.filter(isReplayable).map(async (gap) => {
    const fromMs = Math.floor(gap.fromMs / minuteMs) * minuteMs;
    return [gap.gapId, await ledger.storedLate(gap.app, { fromMs, toMs: gap.toMs })] as const;
  });
  return new Map(await Promise.all(counts));
}

function findWebhook(listing: WebhookListing, url: string): Observations['webhook'] {
  if (listing.kind === 'unreachable') return { kind: 'unreachable' };
  const ours = listing.webhooks.filter((webhook) => canonical(webhook.url) === canonical(url));
  const webhook = ours.find(({ valid }) => valid) ?? ours[0];
  if (webhook === undefined) return { kind: 'absent' };
  return { kind: 'found', webhookId: webhook.webhookId, valid: webhook.valid };
}

/** X may write the host or the default port in its own way. */
function canonical(url: string): string {
  return URL.canParse(url) ? new URL(url).href : url;
}

function newestByProduct(minutes: readonly CoverageMinute[]): ReadonlyMap<string, number> {
  return new Map(
    minutes.flatMap(({ products, lastReceivedAtMs }) =>
      [...products.keys()].map((product) => [product, lastReceivedAtMs] as const),
    ),
  );
}

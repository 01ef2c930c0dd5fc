import { type Gap, isUnfinished } from '../domain/gaps/gap.ts';
import { isOverdue } from '../domain/gaps/replay-job.ts';
import { watch } from '../domain/gaps/watch.ts';
import type { WatchRules } from '../domain/gaps/watch-rules.ts';
import type { Observations, Tick } from '../domain/gaps/watch-state.ts';
import type { Clock } from '../ports.ts';
import type { StreamSessions } from '../stream-ports.ts';
import type { WantedStore } from '../subscription-ports.ts';
import type { SecretChangedAt, ValidationHeldUntil, WatchLedger, WebhookMetrics, XWebhooks } from '../watch-ports.ts';
import { type Asked, askX } from './watch-app/ask-x.ts';
import { observe } from './watch-app/observe.ts';

export interface WatchDeps {
  readonly clock: Clock;
  readonly ledger: WatchLedger;
  readonly x: XWebhooks;
  readonly metrics: WebhookMetrics;
  readonly secretChangedAt: SecretChangedAt;
  readonly heldUntil: ValidationHeldUntil;
  readonly wanted: Pick<WantedStore, 'read'>;
  readonly rules: WatchRules;
  /** Where X's stream is read, too. */
  readonly stream?: Pick<StreamSessions, 'read'>;
  /** As registered with X: by it the webhook is found in X's list. */
  readonly webhookUrl: string;
}

/** `overtaken`: another tick at the same time was first, and this one did nothing. */
export interface WatchReport {
  readonly app: string;
  readonly outcome: 'watched' | 'overtaken';
  readonly webhook?: Observations['webhook'];
  /** What this tick could not find out, and why; it went on with what it knew. */
  readonly problems: readonly string[];
  readonly asked: readonly Asked[];
  /** As the tick left it. */
  readonly tick: Tick;
  readonly finished: readonly Gap[];
  readonly jobFailed: boolean;
  readonly jobOverdue: boolean;
}

/**
 * One tick for one app: observe, decide, write down what is intended, ask X, write down what X said. It may be killed
 * between any two of them: what was intended and has no answer is asked again by a later tick. Throws when the ledger
 * can't be read or written; then nothing was concluded.
 */
export async function watchApp(deps: WatchDeps, app: string, nowMs: number): Promise<WatchReport> {
  const before = await deps.ledger.load(app);
  const nothing = { app, problems: [], asked: [], tick: before, finished: [], jobFailed: false, jobOverdue: false };
  if (isStale(before, nowMs, deps.clock)) return { ...nothing, outcome: 'overtaken' };
  const { seen, problems } = await observe(deps, before, nowMs);
  const intended = watch(before, seen, deps.rules);

  const saved = await deps.ledger.save(before, intended);
  if (saved === undefined) return { ...nothing, outcome: 'overtaken', problems };
  const { tick, asked } = await askX(deps, saved, intended.effects, nowMs);
  const { job } = before.state;
  return {
    app,
    outcome: 'watched',
    webhook: seen.webhook,
    problems: [...problems, ...asked.flatMap(({ problem }) => problem ?? [])],
    asked,
    tick,
    finished: intended.gaps.filter((gap) => !isUnfinished(gap)),
    jobFailed: intended.jobFailed ?? false,
    jobOverdue: job !== undefined && isOverdue(job, nowMs, deps.rules),
  };
}

/** A tick that began after this one was here already. Where the clock itself is behind that one, it was set back instead. */
function isStale({ state: { watchedAtMs } }: Tick, nowMs: number, clock: Clock): boolean {
  return watchedAtMs !== undefined && nowMs < watchedAtMs && watchedAtMs <= clock.now();
}

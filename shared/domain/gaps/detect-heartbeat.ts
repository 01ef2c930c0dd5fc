import { type Gap, isWebhookOutage, newGap, tell } from './gap.ts';
import { heartbeatSpacingMs } from './heartbeat-spacing.ts';
import { minuteMs } from './interval.ts';
import { askableMs } from './validation-hold.ts';
import type { WatchRules } from './watch-rules.ts';
import type { Observations, Tick, WatchState } from './watch-state.ts';

/**
 * The first detector. A live delivery that reached the table is a heartbeat, and so is a CRC request that passed the
 * whole way within 15 s of our own `PUT /2/webhooks/:id`, or that carries X's signature. Anybody can send a CRC request,
 * so no other one counts; and once X is seen to sign its own, only those do, since a stranger who polls always comes
 * close to a request of ours. What a replay brings says nothing about live deliveries.
 */
export function detectHeartbeat(tick: Tick, seen: Observations, rules: WatchRules): Tick {
  const proofs = proofTimes(tick.state, seen, rules);
  const closed = closeOngoing(tick.gaps, proofs, seen);
  const decided = decideSuspicion(closed, proofs, seen, rules);
  const found = [...decided, ...unprovenTimes(tick.state, decided, proofs, seen, rules)];
  const lastGoodAtMs = proofs.at(-1) ?? tick.state.lastGoodAtMs;
  const provenAtMs = newestProven(tick.state, seen);
  const state = {
    ...tick.state,
    ...(lastGoodAtMs !== undefined && { lastGoodAtMs }),
    ...(provenAtMs !== undefined && { provenAtMs }),
  };
  return { state, gaps: suspect(state, found, seen, rules) };
}

/** Is X to be asked for a heartbeat now? */
export function wantsValidation({ state, gaps }: Tick, seen: Observations, rules: WatchRules): boolean {
  if (seen.webhook.kind !== 'found' || seen.validationHeld) return false;
  const lastAskedMs = Math.max(0, ...state.requests.map(({ atMs }) => atMs));
  if (state.crcFailedAtMs !== undefined && lastAskedMs <= state.crcFailedAtMs) return true;
  const troubled = !seen.webhook.valid || gaps.some(isOngoing);
  const sinceMs = Math.max(lastAskedMs, troubled ? 0 : (state.lastGoodAtMs ?? 0));
  return seen.nowMs - sinceMs >= (troubled ? rules.recheckMs : rules.quietMs);
}

export function isOngoing(gap: Gap): boolean {
  return gap.toMs === null && (gap.reason === 'heartbeat' || gap.reason === 'invalid');
}

/** X itself says that it does not deliver. */
export function isStopped({ webhook }: Observations): boolean {
  return webhook.kind === 'absent' || (webhook.kind === 'found' && !webhook.valid);
}

/** Deliveries per minute in the hour before, so that a replay that brings nothing can be doubted. */
export function expectedPerMinute(seen: Pick<Observations, 'minutes'>, fromMs: number): number {
  const hour = seen.minutes.filter(({ minuteMs: at }) => at >= fromMs - 60 * minuteMs && at < fromMs);
  return hour.reduce((sum, { deliveries, replayed }) => sum + deliveries - replayed, 0) / 60;
}

/** Times newer than the last good heartbeat at which the whole way is proven to have worked, oldest first. */
function proofTimes(state: WatchState, seen: Observations, rules: WatchRules): readonly number[] {
  const isNew = (atMs: number) => atMs > (state.lastGoodAtMs ?? 0);
  const isSigning = seen.nowMs - (newestProven(state, seen) ?? Number.NEGATIVE_INFINITY) < rules.signsForMs;
  const isOurs = (atMs: number) =>
    !isSigning && state.requests.some((request) => request.state !== 'failed' && answers(atMs, request.atMs, rules));
  const heartbeats = seen.heartbeats.filter(
    ({ receivedAtMs, proven }) => isNew(receivedAtMs) && (proven || isOurs(receivedAtMs)),
  );
  const deliveries = seen.minutes.filter(
    ({ lastReceivedAtMs, deliveries: all, replayed }) => isNew(lastReceivedAtMs) && all > replayed,
  );
  return [
    ...deliveries.map(({ lastReceivedAtMs }) => lastReceivedAtMs),
    ...heartbeats.map(({ receivedAtMs }) => receivedAtMs),
  ].sort((a, b) => a - b);
}

function newestProven({ provenAtMs }: WatchState, { heartbeats }: Observations): number | undefined {
  const proven = heartbeats.filter((heartbeat) => heartbeat.proven).map(({ receivedAtMs }) => receivedAtMs);
  const newestMs = Math.max(provenAtMs ?? 0, ...proven);
  return newestMs === 0 ? undefined : newestMs;
}

function answers(receivedAtMs: number, askedAtMs: number, rules: WatchRules): boolean {
  return receivedAtMs > askedAtMs - heartbeatSpacingMs && receivedAtMs <= askedAtMs + rules.heartbeatWindowMs;
}

/** An outage ends with the first proof after it, unless X still says that the webhook is invalid or gone. */
function closeOngoing(gaps: readonly Gap[], proofs: readonly number[], seen: Observations): readonly Gap[] {
  if (isStopped(seen)) return gaps;
  return gaps.map((gap) => {
    const toMs = proofs.find((atMs) => atMs > (gap.missedAtMs ?? gap.fromMs));
    if (gap.state !== 'open' || !isOngoing(gap) || toMs === undefined) return gap;
    return tell({ ...gap, toMs }, seen.nowMs, 'first good heartbeat after it');
  });
}

/** A late heartbeat, judged by when it was received, withdraws the suspicion; otherwise a queue that is not behind confirms it. */
function decideSuspicion(
  gaps: readonly Gap[],
  proofs: readonly number[],
  seen: Observations,
  rules: WatchRules,
): readonly Gap[] {
  return gaps.flatMap((gap) => {
    const { missedAtMs } = gap;
    if (gap.state !== 'suspected' || gap.reason !== 'heartbeat' || missedAtMs === undefined) return [gap];
    if (proofs.some((atMs) => atMs <= missedAtMs + rules.heartbeatWindowMs)) return [];
    const ripe = seen.nowMs >= missedAtMs + rules.decideAfterMs;
    if (!ripe || seen.oldestMessageAgeMs >= rules.queueBehindMs) return [gap];
    const toMs = proofs[0] ?? null;
    return [tell({ ...gap, state: 'open', toMs }, seen.nowMs, 'no heartbeat came, and the queue is not behind')];
  });
}

/**
 * Longer without any proof than the watcher ever lets pass: it was itself away, or X could not be asked. Before X was
 * known to have the webhook, or while no token is there to ask X with, quiet is all that there can be; so it is while
 * an operator holds requests back.
 */
function unprovenTimes(
  { app, webhookId, lastGoodAtMs, knownSinceMs, held }: WatchState,
  gaps: readonly Gap[],
  proofs: readonly number[],
  seen: Observations,
  rules: WatchRules,
): readonly Gap[] {
  if (lastGoodAtMs === undefined || knownSinceMs === undefined) return [];
  const times = [Math.max(lastGoodAtMs, knownSinceMs), ...proofs];
  return times.flatMap((fromMs, index) => {
    const toMs = times[index + 1];
    if (toMs === undefined || askableMs({ fromMs, toMs }, held) < rules.longestUnprovenMs) return [];
    if (gaps.some((gap) => isWebhookOutage(gap) && gap.fromMs < toMs && (gap.toMs ?? toMs) > fromMs)) return [];
    const line = `nothing proves that X's deliveries arrived for ${Math.round((toMs - fromMs) / minuteMs)} minutes`;
    const expected = expectedPerMinute(seen, fromMs);
    const found = { reason: 'heartbeat', state: 'open', fromMs, toMs, expectedPerMinute: expected, line } as const;
    return [newGap({ nowMs: seen.nowMs, app, webhookId }, found)];
  });
}

/** A request of ours that X took and that no heartbeat answered. */
function suspect(state: WatchState, gaps: readonly Gap[], seen: Observations, rules: WatchRules): readonly Gap[] {
  const { lastGoodAtMs, app, webhookId } = state;
  if (lastGoodAtMs === undefined || gaps.some(isOngoing)) return gaps;
  const missed = state.requests.find(
    ({ atMs, state: answered }) =>
      answered !== 'asked' &&
      lastGoodAtMs <= atMs - heartbeatSpacingMs &&
      seen.nowMs >= atMs + rules.heartbeatWindowMs + minuteMs / 2,
  );
  if (!missed) return gaps;
  const line = 'X was asked for a heartbeat and none has reached the table';
  const found = {
    reason: 'heartbeat',
    state: 'suspected',
    fromMs: lastGoodAtMs,
    toMs: null,
    expectedPerMinute: expectedPerMinute(seen, lastGoodAtMs),
    missedAtMs: missed.atMs,
    line,
  } as const;
  return [...gaps, newGap({ nowMs: seen.nowMs, app, webhookId }, found)];
}

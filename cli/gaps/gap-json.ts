import type { Gap } from '../../shared/domain/gaps/gap.ts';
import { isoTime } from '../output/iso-time.ts';
import { plainJson } from '../output/plain-text.ts';

/** What programs rely on: `to` is null while the outage goes on, `recovered` counts events stored for the first time. */
export function gapFields(gap: Gap) {
  const { gapId, app, webhookId, fromMs, toMs, reason, state, attempts, recovered, lostParts } = gap;
  const lost = lostParts.map((part) => ({ from: isoTime(part.fromMs), to: isoTime(part.toMs), why: part.why }));
  return {
    gapId,
    app,
    webhookId: webhookId ?? null,
    from: isoTime(fromMs),
    to: toMs === null ? null : isoTime(toMs),
    reason,
    state,
    attempts,
    recovered,
    ...(lost.length > 0 && { lost }),
  };
}

/** One gap as one line of JSON. */
export function gapJson(gap: Gap): string {
  return plainJson(JSON.stringify(gapFields(gap)));
}

/** The same with all that the ledger tells of it. */
export function gapStoryJson(gap: Gap): string {
  const { openedAtMs, replayed, story } = gap;
  const told = story.map(({ atMs, line }) => ({ at: isoTime(atMs), line }));
  return plainJson(JSON.stringify({ ...gapFields(gap), openedAt: isoTime(openedAtMs), replayed, story: told }));
}

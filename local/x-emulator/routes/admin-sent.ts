import { isUtf8 } from 'node:buffer';
import { invalidRequest, ok } from '../http/answers.ts';
import { openRoute, type Route } from '../http/route.ts';
import type { SentEvent } from '../state/sent-event.ts';
import type { SentLog } from '../state/sent-log.ts';

const largestPage = 10_000;

/** As text where it is text, so that a reader can take it as it is. */
function shownBody(body: Uint8Array | undefined) {
  if (body === undefined) return {};
  const bytes = Buffer.from(body);
  return isUtf8(bytes) ? { body: bytes.toString() } : { bodyBase64: bytes.toString('base64') };
}

function withoutBody({ key, kind, webhookId, createdAtMs, firstAtMs, streamedAtMs, attempts, outcome }: SentEvent) {
  return { key, kind, webhookId, createdAtMs, firstAtMs, streamedAtMs, attempts, outcome };
}

function shown({ key, kind, body }: SentEvent) {
  return { key, kind, ...shownBody(body) };
}

/** What was sent, for comparison with what was stored. */
export function sentRoutes(sent: Pick<SentLog, 'events' | 'counts'>): readonly Route[] {
  return [
    // `?list=false` leaves the list out.
    openRoute('GET /admin/sent', ({ query }) => {
      const events = query.get('list') === 'false' ? undefined : sent.events.values().map(withoutBody).toArray();
      return ok({ counts: sent.counts(), ...(events && { events }) });
    }),

    // One body for every distinct event, in pages: `next` is the `after` of the next one, absent on the last.
    openRoute('GET /admin/sent/bodies', ({ query }) => {
      const after = Number(query.get('after') ?? 0);
      const limit = Number(query.get('limit') ?? 1000);
      if (!Number.isInteger(after) || after < 0) return invalidRequest('after: a count of events expected');
      if (!Number.isInteger(limit) || limit < 1 || limit > largestPage) {
        return invalidRequest(`limit: must be between 1 and ${largestPage}`);
      }
      const next = after + limit;
      const events = sent.events.values().drop(after).take(limit).map(shown).toArray();
      return ok({ events, ...(next < sent.events.size && { next }) });
    }),
  ];
}

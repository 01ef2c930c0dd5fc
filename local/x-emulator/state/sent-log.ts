import type { Clock } from '../../../shared/ports.ts';
import type { BodyArchive } from './body-archive.ts';
import { createKeptBodies } from './kept-bodies.ts';
import type { SentArchive } from './sent-archive.ts';
import { countsOf, type SentCounts } from './sent-counts.ts';
import { type Attempt, isDelivered, outcomeOf, type SentEvent } from './sent-event.ts';
import { SentRecord } from './sent-record.ts';

export type NewEvent = Pick<SentEvent, 'key' | 'kind' | 'createdAtMs'> & {
  /** Without it the event goes to the activity stream alone. */
  readonly webhookId?: string | undefined;
  readonly body: Uint8Array;
};

/** Everything that was ever sent, for comparison with what was stored. */
export interface SentLog {
  /** In the order of their first sending. */
  readonly events: ReadonlyMap<string, SentEvent>;
  counts(): SentCounts;
  /** Notes a copy that will be sent: of a new event, or of the one with the same key. */
  open(event: NewEvent): void;
  addAttempt(key: string, attempt: Attempt): void;
  /** Now it would have been sent, were the webhook valid. */
  withhold(key: string, atMs: number): void;
  /** Now it is on the activity stream. */
  stream(key: string, atMs: number): void;
  /** That copy will not be tried again. */
  settle(key: string): void;
}

export interface SentLogDeps {
  readonly clock: Clock;
  readonly archive: SentArchive;
  readonly bodies: BodyArchive;
  /** Bodies that were sent longer ago are forgotten; the events stay. */
  readonly keepBodiesMs: number;
}

/** One list for all that have none: no event of the stream alone has any. */
const noAttempts: readonly Attempt[] = [];

export function createSentLog({ clock, archive, bodies, keepBodiesMs }: SentLogDeps): SentLog {
  const kept = createKeptBodies(clock, keepBodiesMs);
  const events = new Map<string, SentRecord>();
  const openCopies = new Map<string, number>();

  const archived = archive.read();
  const createdAtMs = new Map(archived.map((event) => [event.key, event.createdAtMs]));
  const isWanted = (key: string) => (createdAtMs.get(key) ?? 0) > clock.now() - keepBodiesMs;
  const places = new Map<string, number>();
  for (const [key, body] of bodies.read(isWanted)) places.set(key, kept.add(body, createdAtMs.get(key) ?? 0));
  for (const event of archived) events.set(event.key, new SentRecord(event, kept, places.get(event.key)));

  const known = (key: string): SentRecord => {
    const event = events.get(key);
    if (event === undefined) throw new RangeError(`${key} was never opened`);
    return event;
  };

  const update = (key: string, openChange: -1 | 0 | 1, { attempt, firstAtMs, streamedAtMs }: Update = {}): void => {
    const event = known(key);
    const open = (openCopies.get(key) ?? 0) + openChange;
    if (open > 0) openCopies.set(key, open);
    else openCopies.delete(key);
    const attempts = attempt ? [...event.attempts, attempt] : event.attempts;
    const tried = event.firstAtMs ?? firstAtMs;
    const streamed = event.streamedAtMs ?? streamedAtMs;
    const updated = event.with({
      ...(tried !== undefined && { firstAtMs: tried }),
      ...(streamed !== undefined && { streamedAtMs: streamed }),
      attempts,
      outcome: outcomeOf({ ...event, attempts }, open),
    });
    events.set(key, updated);
    // A live attempt that succeeds is settled at once, and written then.
    if (!isDelivered(attempt) || open === 0) archive.append(updated);
  };

  return {
    events,
    counts: () => countsOf(events.values()),
    open(event) {
      const { body, webhookId, ...rest } = event;
      if (!events.has(event.key)) {
        const to = webhookId === undefined ? {} : { webhookId };
        const opened = { ...rest, ...to, attempts: noAttempts, outcome: 'pending' } as const;
        events.set(event.key, new SentRecord(opened, kept, kept.add(body, clock.now())));
        bodies.append(event.key, body);
      }
      update(event.key, 1);
    },
    addAttempt: (key, attempt) => update(key, 0, { attempt, firstAtMs: attempt.atMs }),
    withhold: (key, firstAtMs) => update(key, 0, { firstAtMs }),
    stream: (key, streamedAtMs) => update(key, 0, { streamedAtMs }),
    settle: (key) => update(key, -1),
  };
}

interface Update {
  readonly attempt?: Attempt;
  readonly firstAtMs?: number;
  readonly streamedAtMs?: number;
}

import type { Clock } from '../../../shared/ports.ts';
import type { BodyArchive } from './body-archive.ts';
import type { SentArchive } from './sent-archive.ts';
import { countsOf, type SentCounts } from './sent-counts.ts';
import { type Attempt, isDelivered, outcomeOf, type SentEvent } from './sent-event.ts';

export type NewEvent = Pick<SentEvent, 'key' | 'kind' | 'webhookId' | 'createdAtMs'> & { readonly body: Uint8Array };

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

export function createSentLog({ clock, archive, bodies, keepBodiesMs }: SentLogDeps): SentLog {
  const events = new Map<string, SentEvent>(archive.read().map((event) => [event.key, event]));
  const openCopies = new Map<string, number>();
  /** Since when bodies have been kept, oldest first. */
  const bodiesSince = new Map<string, number>();
  const isKept = (sinceMs: number) => sinceMs > clock.now() - keepBodiesMs;

  const restored = bodies.read((key) => isKept(events.get(key)?.createdAtMs ?? 0));
  for (const [key, body] of restored) {
    const event = events.get(key);
    if (event === undefined) continue;
    events.set(key, { ...event, body });
    bodiesSince.set(key, event.createdAtMs);
  }

  const known = (key: string): SentEvent => {
    const event = events.get(key);
    if (event === undefined) throw new RangeError(`${key} was never opened`);
    return event;
  };

  const forgetBodies = () => {
    for (const [key, sinceMs] of bodiesSince) {
      if (isKept(sinceMs)) return;
      bodiesSince.delete(key);
      const { body: _, ...event } = known(key);
      events.set(key, event);
    }
  };

  const update = (key: string, openChange: -1 | 0 | 1, { attempt, firstAtMs }: Update = {}): void => {
    const event = known(key);
    const open = (openCopies.get(key) ?? 0) + openChange;
    if (open > 0) openCopies.set(key, open);
    else openCopies.delete(key);
    const attempts = attempt ? [...event.attempts, attempt] : event.attempts;
    const tried = event.firstAtMs ?? firstAtMs;
    const first = tried === undefined ? {} : { firstAtMs: tried };
    const updated = { ...event, ...first, attempts, outcome: outcomeOf(attempts, open) };
    events.set(key, updated);
    // A live attempt that succeeds is settled at once, and written then.
    if (!isDelivered(attempt) || open === 0) archive.append(updated);
  };

  return {
    events,
    counts: () => countsOf(events.values()),
    open(event) {
      forgetBodies();
      if (!events.has(event.key)) {
        events.set(event.key, { ...event, attempts: [], outcome: 'pending' });
        bodiesSince.set(event.key, clock.now());
        bodies.append(event.key, event.body);
      }
      update(event.key, 1);
    },
    addAttempt: (key, attempt) => update(key, 0, { attempt, firstAtMs: attempt.atMs }),
    withhold: (key, firstAtMs) => update(key, 0, { firstAtMs }),
    settle: (key) => update(key, -1),
  };
}

interface Update {
  readonly attempt?: Attempt;
  readonly firstAtMs?: number;
}

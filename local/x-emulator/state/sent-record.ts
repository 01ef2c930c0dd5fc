import type { KeptBodies } from './kept-bodies.ts';
import type { Attempt, BodilessEvent, Outcome, SentEvent } from './sent-event.ts';

/** One event as the log holds it: its body lies elsewhere, since a copy of the record shall not unpack it. */
export class SentRecord implements SentEvent {
  readonly key: string;
  readonly kind: string;
  readonly webhookId?: string;
  readonly createdAtMs: number;
  readonly firstAtMs?: number;
  readonly streamedAtMs?: number;
  readonly attempts: readonly Attempt[];
  readonly outcome: Outcome;
  readonly #bodies: KeptBodies;
  readonly #place: number | undefined;

  constructor(event: BodilessEvent, bodies: KeptBodies, place: number | undefined) {
    this.key = event.key;
    this.kind = event.kind;
    if (event.webhookId !== undefined) this.webhookId = event.webhookId;
    this.createdAtMs = event.createdAtMs;
    if (event.firstAtMs !== undefined) this.firstAtMs = event.firstAtMs;
    if (event.streamedAtMs !== undefined) this.streamedAtMs = event.streamedAtMs;
    this.attempts = event.attempts;
    this.outcome = event.outcome;
    this.#bodies = bodies;
    this.#place = place;
  }

  get body(): Uint8Array | undefined {
    return this.#place === undefined ? undefined : this.#bodies.at(this.#place);
  }

  with(change: Partial<BodilessEvent>): SentRecord {
    return new SentRecord({ ...this, ...change }, this.#bodies, this.#place);
  }
}

/** One POST to the receiver and what came of it. `jobId`: a replay job made it. */
export type Attempt = { readonly atMs: number; readonly jobId?: string } & (
  | { readonly status: number }
  | { readonly failure: 'timeout' | 'tls' | 'connection' }
);

export type Outcome = 'pending' | 'delivered' | 'failed' | 'withheld' | 'streamed';

/** One body that X sent or tried to send, however often. */
export interface SentEvent {
  /** Tells the event apart by meaning; a body emitted by hand has a hash of its bytes instead. */
  readonly key: string;
  /** `aaa.like`, `xaa.post.create`, `filtered_stream.post` or `emitted`. */
  readonly kind: string;
  /** Absent: the event goes to the activity stream alone. */
  readonly webhookId?: string;
  readonly createdAtMs: number;
  /** When X first tried to deliver it, or would have if the webhook were valid: what a replay's window is held against. */
  readonly firstAtMs?: number;
  /** When X first wrote it to the activity stream, or would have if somebody had read it. */
  readonly streamedAtMs?: number;
  /** Forgotten once X can replay it no more. */
  readonly body?: Uint8Array | undefined;
  readonly attempts: readonly Attempt[];
  /**
   * `withheld`: no attempt was ever made, because the webhook was invalid or gone. `streamed`: for the activity stream alone, where
   * a reader had it or can still ask for it.
   */
  readonly outcome: Outcome;
}

export type BodilessEvent = Omit<SentEvent, 'body'>;

/** X counts nothing but 200 as delivered (docs.x.com webhooks introduction). */
export function isDelivered(attempt: Attempt | undefined): boolean {
  return attempt !== undefined && 'status' in attempt && attempt.status === 200;
}

/** `open`: copies that wait for their first attempt or a retry. */
export function outcomeOf({ webhookId, attempts }: Pick<SentEvent, 'webhookId' | 'attempts'>, open: number): Outcome {
  if (attempts.some(isDelivered)) return 'delivered';
  if (open > 0) return 'pending';
  if (webhookId === undefined) return 'streamed';
  return attempts.length > 0 ? 'failed' : 'withheld';
}

/** Times of a reader of the stream, in milliseconds of its clock. */
export interface StreamRules {
  /** How long a reader means to live; the function's timeout is a little longer. */
  readonly sessionMs: number;
  /** So long before its end a successor may begin. */
  readonly handoverMs: number;
  /** So long both are connected at least. */
  readonly overlapMs: number;
  /** A hold that is not renewed for so long is over. */
  readonly leaseMs: number;
  readonly renewEveryMs: number;
  /** A connection without a byte for so long is dead (docs.x.com, handling disconnections). */
  readonly silenceMs: number;
  /** Lines wait so long at most for a batch of ten. */
  readonly flushAfterMs: number;
}

export const defaultStreamRules: StreamRules = {
  sessionMs: 720_000,
  handoverMs: 90_000,
  overlapMs: 10_000,
  leaseMs: 45_000,
  renewEveryMs: 10_000,
  silenceMs: 20_000,
  flushAfterMs: 1_000,
};

/** `network`: no answer, a reset or silence; `http`: any refusal but 429; `limited`: 429. */
export const failureKinds = ['network', 'http', 'limited'] as const;
export type FailureKind = (typeof failureKinds)[number];

/** Connections that failed one after the other in the same way. */
export interface Failing {
  readonly kind: FailureKind;
  readonly count: number;
}

/** X's rate limits count over a quarter of an hour: after this long a new window has begun. */
const longestLimitedMs = 16 * 60_000;

/** One more failure; of another kind it is the first. */
export function failedAgain(before: Failing | undefined, kind: FailureKind): Failing {
  return { kind, count: before?.kind === kind ? before.count + 1 : 1 };
}

/**
 * How long to wait before the next connection (docs.x.com, handling disconnections): 250 ms more each time up to 16 s
 * after errors of the network; from 5 s doubling up to 320 s after HTTP errors; from a minute doubling after 429.
 */
export function backOffMs({ kind, count }: Failing): number {
  const doubled = (firstMs: number, longestMs: number) => Math.min(firstMs * 2 ** (count - 1), longestMs);
  switch (kind) {
    case 'network':
      return Math.min(250 * count, 16_000);
    case 'http':
      return doubled(5_000, 320_000);
    case 'limited':
      return doubled(60_000, longestLimitedMs);
  }
}

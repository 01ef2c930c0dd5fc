/** A connection that X counts, as `GET /2/connections` lists it. */
export interface XConnection {
  readonly id: string;
  readonly endpoint: string | undefined;
  readonly connectedAtMs: number | undefined;
}

/** X's clock and ours, and the time that an answer takes. */
const sameMomentMs = 5_000;

/**
 * Connections to the activity stream that none of the living readers has: a reader that was killed may leave one
 * behind. `livingMs`: when the readers connected. X's documents do not name the endpoint, so any that speaks of
 * activity is meant; streams of other products are left alone.
 */
export function stuckConnections(
  connections: readonly XConnection[],
  livingMs: readonly number[],
): readonly XConnection[] {
  return connections
    .filter(({ endpoint }) => endpoint !== undefined && /activity/i.test(endpoint))
    .filter(
      ({ connectedAtMs: atMs }) =>
        atMs !== undefined && !livingMs.some((livingAtMs) => Math.abs(livingAtMs - atMs) <= sameMomentMs),
    );
}

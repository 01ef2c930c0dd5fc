/** X takes 500 calls to its subscription endpoints in 15 minutes per app (docs.x.com rate limits). */
export const callsPerWindow = 500;
export const windowMs = 15 * 60_000;

/** Instants (Unix ms) of the calls made, oldest first; only those of the last window count. */
export type CallWindow = readonly number[];

export const noCalls: CallWindow = [];

/**
 * From when the next call may be made, `nowMs` if at once. Counted over every stretch of the window's length: where X's
 * own windows begin is not known.
 */
export function nextCallAt(calls: CallWindow, nowMs: number): number {
  const oldest = calls.at(-callsPerWindow);
  return oldest === undefined ? nowMs : Math.max(nowMs, oldest + windowMs);
}

export function withCall(calls: CallWindow, nowMs: number): CallWindow {
  return [...calls.slice(1 - callsPerWindow), nowMs];
}

/** Start of X's snowflake ids: 2010-11-04T01:42:54.657Z. */
const epochMs = 1288834974657n;
const lowBits = 22n;
const lowMask = (1n << lowBits) - 1n;

/** The id that X would give at `atMs`; `low` (machine and sequence, 22 bits) tells apart ids of one millisecond. */
export function snowflake(atMs: number, low: number): string {
  return (((BigInt(Math.floor(atMs)) - epochMs) << lowBits) | (BigInt(low) & lowMask)).toString();
}

/** Ids that never repeat while fewer than four million are taken for one millisecond. */
export function createSnowflakes(first: number): (atMs: number) => string {
  let low = first;
  return (atMs) => snowflake(atMs, low++);
}

/** A number in [0, 1), as `Math.random` gives it. */
export type Random = () => number;

/** mulberry32: the same seed gives the same traffic, duplicates and disorder. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An integer in [0, below). */
export function randomBelow(random: Random, below: number): number {
  return Math.floor(random() * below);
}

/** One of `items`; throws a RangeError when there are none. */
export function pick<T extends NonNullable<unknown>>(random: Random, items: readonly T[]): T {
  const item = items[randomBelow(random, items.length)];
  if (item === undefined) throw new RangeError('there is nothing to pick from');
  return item;
}

/** Lower-case hexadecimal digits. */
export function randomHex(random: Random, digits: number): string {
  return Array.from({ length: digits }, () => randomBelow(random, 16).toString(16)).join('');
}

/** A version 4 UUID. */
export function randomUuid(random: Random): string {
  const hex = randomHex(random, 30);
  const variant = (8 + randomBelow(random, 4)).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18)}`;
}

/** A signed 64-bit number in decimal: X's `event_uuid` is one, and may be negative. */
export function randomSigned64(random: Random): string {
  return BigInt.asIntN(64, BigInt(`0x${randomHex(random, 16)}`)).toString();
}

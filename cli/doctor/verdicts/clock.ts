import { minuteMs } from '../../../shared/domain/gaps/interval.ts';
import { type Finding, fail, ok, warn } from '../finding.ts';
import { lasting } from './lasting.ts';

/** A `Date` header has whole seconds, and an answer is on its way for a while. */
const sameMs = 30_000;
/** AWS refuses signatures, and X OAuth 1.0a timestamps, that are further off. */
const refusedMs = 5 * minuteMs;

/** How far another clock is ahead of this machine's; `undefined`: it tells no time. */
export interface Skew {
  readonly of: string;
  readonly ms: number | undefined;
}

export function judgeClock(skews: readonly Skew[]): Finding {
  const known = skews.flatMap(({ of, ms }) => (ms === undefined ? [] : [{ of, ms }]));
  const silent = skews.filter(({ ms }) => ms === undefined).map(({ of }) => of);
  const [worst] = known.toSorted((one, other) => Math.abs(other.ms) - Math.abs(one.ms));
  if (worst === undefined) return warn(`${silent.join(' and ')} tell no time`);
  const seen = known.map(({ of, ms }) => `${of} is ${lasting(Math.abs(ms))} ${ms < 0 ? 'behind' : 'ahead'}`).join(', ');
  const off = Math.abs(worst.ms);
  if (off >= refusedMs) return fail(seen, "set this machine's clock by NTP");
  if (off >= sameMs) return warn(seen, "set this machine's clock by NTP");
  return ok(
    silent.length === 0 ? 'X, the stack and this machine agree' : `${seen}; ${silent.join(' and ')} tell no time`,
  );
}

import { GaplessError } from '../../shared/errors.ts';
import type { ListOptions } from '../../shared/index.ts';
import type { Clock } from '../../shared/ports.ts';
import { parseTime } from '../arguments/time.ts';

export interface ListingArguments {
  readonly type?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly cursor?: string | undefined;
}

/** Checks the words now; what they mean depends on the clock of the stack, which is known later. Throws `USAGE`. */
export function parseListing({ type, from, to, cursor }: ListingArguments): (clock: Clock) => ListOptions {
  const fromTime = from === undefined ? undefined : parseTime('from', from);
  const toTime = to === undefined ? undefined : parseTime('to', to);

  return (clock) => {
    const now = clock.now();
    const range = {
      ...(fromTime === undefined ? {} : { from: fromTime(now) }),
      ...(toTime === undefined ? {} : { to: toTime(now) }),
    };
    if (range.from !== undefined && range.to !== undefined && range.from >= range.to) {
      throw new GaplessError('USAGE', `--from ${range.from} is not before --to ${range.to}`);
    }
    return { ...(type === undefined ? {} : { type }), ...(cursor === undefined ? {} : { cursor }), ...range };
  };
}

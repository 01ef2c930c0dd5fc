import { parseArgs } from 'node:util';

export interface TortureOptions {
  readonly minutes: number;
  readonly seed: number;
  readonly speed: number;
  /** With the function that reads X's activity stream. */
  readonly stream: boolean;
  /** Real minutes that the stack has to get over it. */
  readonly healMinutes: number;
}

export const usage = `npm run torture -- [options]      faults and forgeries of a seeded plan against the whole local stack, then the account

  --minutes N   of faults, real time (default 5); at most two more until everything is healed
  --seed N      a plan of its own each (default: the day)
  --speed N     the local clock runs N times as fast meanwhile (default 20)
  --stream      with the activity stream
  --heal N      real minutes to heal in (default 2; more on a machine that is busy)
`;

/** Throws `RangeError` or what `parseArgs` throws, for what is no option. */
export function parseOptions(args: readonly string[], today: Date): TortureOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '5' },
      seed: { type: 'string', default: today.toISOString().slice(0, 10).replaceAll('-', '') },
      speed: { type: 'string', default: '20' },
      stream: { type: 'boolean', default: false },
      heal: { type: 'string', default: '2' },
    },
  });
  const positive = (name: string, text: string) => {
    const value = Number(text);
    if (Number.isFinite(value) && value > 0) return value;
    throw new RangeError(`--${name} ${text} is no number above 0`);
  };
  return {
    minutes: positive('minutes', values.minutes),
    seed: positive('seed', values.seed),
    speed: positive('speed', values.speed),
    stream: values.stream,
    healMinutes: positive('heal', values.heal),
  };
}

import { pick, type Random, randomBelow } from '../../local/x-emulator/random.ts';
import {
  type Fault,
  forgeries,
  functionNames,
  garbages,
  manners,
  oddities,
  parts,
  services,
  streamReader,
  streamTroubles,
} from './fault.ts';

const minuteMs = 60_000;
/**
 * Of the local clock. X tries an event four times within 272 s and drops it then. An outage that nobody here can see is
 * known to go unnoticed where it is shorter than the watcher's five quiet minutes and still eats all four: the plan
 * leaves out those lengths, and keeps two such outages so far apart that they cannot share the four between them.
 */
export const invisible = { shortMs: 200_000, longMs: 9 * minuteMs, apartMs: 6 * minuteMs };

/** Real milliseconds that it lasts. */
export interface Draft {
  readonly forMs: number;
  readonly fault: Fault;
}

/** What every plan has, however short: without it some permission of the functions would not be needed. */
export const essentials: readonly Draft[] = [
  { forMs: 0, fault: { kind: 'garbage', garbage: 'lost-check', count: 1 } },
  { forMs: 100, fault: { kind: 'oddities', oddity: 'large-event', count: 1 } },
  { forMs: 100, fault: { kind: 'oddities', oddity: 'huge-event', count: 1 } },
  { forMs: 2_000, fault: { kind: 'forgeries', forgery: 'other-app', count: 40 } },
  { forMs: 6_000, fault: { kind: 'pause', target: 'ReceiveWebhook' } },
];

/** The same for a plan with the activity stream. */
export const streamEssentials: readonly Draft[] = [
  { forMs: 100, fault: { kind: 'oddities', oddity: 'huge-activity', count: 1 } },
  { forMs: 0, fault: { kind: 'kill', target: streamReader, count: 1 } },
  { forMs: 0, fault: { kind: 'stream', trouble: 'disconnect', status: 0 } },
];

type Draw = (random: Random, speed: number) => Draft;

const between = (random: Random, from: number, to: number) => from + randomBelow(random, to - from + 1);
/** Short ones more often than long ones. */
const lasting = (random: Random, from: number, to: number) => Math.round(from + (to - from) * random() ** 2);

/** What is drawn, and how often against the others. */
const draws: readonly (readonly [weight: number, draw: Draw])[] = [
  [
    10,
    (random) => ({
      forMs: lasting(random, 0, 6_000),
      fault: { kind: 'kill', target: pick(random, functionNames), count: between(random, 1, 8) },
    }),
  ],
  [
    5,
    (random) => ({
      forMs: lasting(random, 300, 15_000),
      fault: { kind: 'pause', target: pick(random, functionNames) },
    }),
  ],
  [
    12,
    (random) => ({
      forMs: lasting(random, 500, 12_000),
      fault: {
        kind: 'aws',
        service: pick(random, services),
        manner: pick(random, manners),
        share: 0.2 + 0.8 * random(),
        delayMs: lasting(random, 50, 3_000),
      },
    }),
  ],
  [4, (random) => ({ forMs: lasting(random, 300, 8_000), fault: { kind: 'stop', part: pick(random, parts) } })],
  [
    4,
    (random) => ({
      forMs: 0,
      fault: { kind: 'garbage', garbage: pick(random, garbages), count: between(random, 1, 5) },
    }),
  ],
  [2, (random) => ({ forMs: lasting(random, 500, 12_000), fault: { kind: 'wrong-secret' } })],
  [
    2,
    (random) => ({
      forMs: 0,
      fault: {
        kind: 'clock',
        jumpMs: random() < 0.7 ? between(random, 10, 600) * 1000 : -between(random, 1, 2) * 1000,
      },
    }),
  ],
  [
    4,
    (random, speed) => {
      const mode = pick(random, ['silent', 'dead-url', 'invalid', 'api-down'] as const);
      const isInvisible = mode === 'silent' || mode === 'dead-url';
      if (!isInvisible) return { forMs: lasting(random, 500, 20_000), fault: { kind: 'x-outage', mode } };
      const localMs =
        random() < 0.5
          ? between(random, 5_000, invisible.shortMs)
          : between(random, invisible.longMs, 2 * invisible.longMs);
      return { forMs: Math.round(localMs / speed), fault: { kind: 'x-outage', mode } };
    },
  ],
  [
    2,
    (random) => ({
      forMs: 0,
      fault: {
        kind: 'replay',
        by: pick(random, ['person-at-x', 'operator'] as const),
        backMs: between(random, 45, 180) * minuteMs,
      },
    }),
  ],
  [
    3,
    (random) => ({
      forMs: 0,
      fault: {
        kind: 'next-job',
        script: {
          behaviour: pick(random, [
            'incomplete',
            'no-status',
            'early-status',
            'slow-start',
            'refuse',
            'lost-answer',
          ] as const),
          mark: pick(random, ['xaa', 'all', 'none'] as const),
          labels: pick(random, ['same', 'changed'] as const),
          text: pick(random, ['same', 'rewritten'] as const),
        },
      },
    }),
  ],
  [
    6,
    (random) => ({
      forMs: lasting(random, 500, 6_000),
      fault: { kind: 'forgeries', forgery: pick(random, forgeries), count: between(random, 20, 150) },
    }),
  ],
  [2, (random) => ({ forMs: lasting(random, 500, 4_000), fault: { kind: 'repeats', count: between(random, 5, 40) } })],
  [
    4,
    (random) => ({
      forMs: lasting(random, 100, 4_000),
      fault: { kind: 'oddities', oddity: pick(random, oddities), count: between(random, 1, 4) },
    }),
  ],
];

const streamDraws: typeof draws = [
  [
    6,
    (random) => ({
      forMs: lasting(random, 0, 6_000),
      fault: { kind: 'kill', target: streamReader, count: between(random, 1, 3) },
    }),
  ],
  [2, (random) => ({ forMs: lasting(random, 300, 15_000), fault: { kind: 'pause', target: streamReader } })],
  [
    8,
    (random) => ({
      forMs: lasting(random, 300, 15_000),
      fault: { kind: 'stream', trouble: pick(random, streamTroubles), status: pick(random, [400, 403, 429, 500, 503]) },
    }),
  ],
];

/** One of all kinds of faults, the frequent ones more often. */
export function drawFault(random: Random, speed: number, stream: boolean): Draft {
  const drawn = stream ? [...draws, ...streamDraws] : draws;
  const total = drawn.reduce((sum, [weight]) => sum + weight, 0);
  let left = random() * total;
  for (const [weight, draw] of drawn) {
    left -= weight;
    if (left < 0) return draw(random, speed);
  }
  throw new RangeError('weights add up to less than their sum');
}

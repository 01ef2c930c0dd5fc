import { randomBelow, seededRandom } from '../../local/x-emulator/random.ts';
import type { TrafficOptions } from '../../local/x-emulator/traffic/traffic.ts';
import { type Draft, drawFault, essentials, invisible, streamEssentials } from './draws.ts';
import { describeFault } from './fault.ts';

/** Real milliseconds since the faults began. */
export interface PlanLine extends Draft {
  readonly atMs: number;
}

export interface Plan {
  readonly seed: number;
  readonly minutes: number;
  readonly speed: number;
  readonly stream: boolean;
  readonly traffic: TrafficOptions;
  readonly lines: readonly PlanLine[];
}

export interface PlanOptions {
  readonly seed: number;
  /** Of faults, real time. */
  readonly minutes: number;
  /** Of the local clock. */
  readonly speed: number;
  /** With faults of the activity stream. */
  readonly stream: boolean;
}

/** Real milliseconds between two lines, in the mean. */
const spacingMs = 1_500;
const minuteMs = 60_000;

/** All that is random about a run, made beforehand: the same options give the same plan. */
export function makePlan({ seed, minutes, speed, stream }: PlanOptions): Plan {
  const random = seededRandom(seed);
  const traffic = {
    rate: (6 + 6 * random()) / speed,
    duplicateShare: 0.15 * random(),
    disorder: 0.4 * random(),
  };
  const endMs = minutes * minuteMs;
  const always = stream ? [...essentials, ...streamEssentials] : essentials;
  const lines: PlanLine[] = always.map(({ forMs, fault }) => {
    const atMs = randomBelow(random, endMs * 0.8);
    return { atMs, forMs: Math.min(forMs, endMs - atMs), fault };
  });
  let invisibleUntilMs = 0;
  for (let atMs = 2_000; ; ) {
    atMs += Math.round(-spacingMs * Math.log(1 - random()));
    if (atMs >= endMs) break;
    const drawn = drawFault(random, speed, stream);
    const line = { atMs, ...drawn, forMs: Math.min(drawn.forMs, endMs - atMs) };
    if (isInvisible(line)) {
      const cutShort = line.forMs < drawn.forMs;
      if (cutShort || atMs < invisibleUntilMs + invisible.apartMs / speed) continue;
      invisibleUntilMs = atMs + line.forMs;
    }
    lines.push(line);
  }
  return { seed, minutes, speed, stream, traffic, lines: lines.sort((a, b) => a.atMs - b.atMs) };
}

const isInvisible = ({ fault }: PlanLine) =>
  fault.kind === 'x-outage' && (fault.mode === 'silent' || fault.mode === 'dead-url');

/** `  12.3 s for  4.0 s  SQS: drop, 40 % of the calls`. */
export function planLines({ lines }: Plan): readonly string[] {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  return lines.map(({ atMs, forMs, fault }) => {
    const during = forMs === 0 ? '' : `for ${seconds(forMs)}`;
    return `${seconds(atMs).padStart(8)} ${during.padEnd(11)} ${describeFault(fault)}`;
  });
}

import type { CoverageMinute } from '../../watch-ports.ts';

/** What the recorder counted. Deliveries are counted by receipt, events as each delivery brought them. */
export interface Traffic {
  readonly recorded: number;
  readonly events: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly unknown: number;
  readonly live: Came;
  /** Late events: X's own retries are over after five minutes, so only replays bring them. */
  readonly replay: Came & { readonly deliveries: number };
}

interface Came {
  readonly stored: number;
  readonly duplicates: number;
}

export function sumCoverage(minutes: readonly CoverageMinute[]): Traffic {
  const sum = (of: (minute: CoverageMinute) => number) => minutes.reduce((total, minute) => total + of(minute), 0);
  return {
    recorded: sum(({ deliveries }) => deliveries),
    events: sum(({ events }) => events),
    stored: sum(({ stored }) => stored),
    duplicates: sum(({ duplicates }) => duplicates),
    unknown: sum(({ unknown }) => unknown),
    live: {
      stored: sum(({ stored, storedLate }) => stored - storedLate),
      duplicates: sum(({ duplicates, duplicatesLate }) => duplicates - duplicatesLate),
    },
    replay: {
      deliveries: sum(({ replayed }) => replayed),
      stored: sum(({ storedLate }) => storedLate),
      duplicates: sum(({ duplicatesLate }) => duplicatesLate),
    },
  };
}

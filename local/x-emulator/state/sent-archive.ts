import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { type BodilessEvent, outcomeOf } from './sent-event.ts';

/** Where what was sent outlives a run, without the bodies. */
export interface SentArchive {
  read(): readonly BodilessEvent[];
  append(event: BodilessEvent): void;
}

/** One JSON object a line, the last line of a key wins. Written at once, so that a kill forgets nothing that was sent. */
export function createSentArchive(file: string | undefined): SentArchive {
  if (file === undefined) return { read: () => [], append: () => {} };
  return {
    read() {
      if (!existsSync(file)) return [];
      const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
      const last = new Map<string, BodilessEvent>(lines.map(parseLine).map((event) => [event.key, event]));
      // What was pending is tried no more: its body went with the process.
      return [...last.values()].map((event) => ({ ...event, outcome: outcomeOf(event, 0) }));
    },
    append(event) {
      appendFileSync(file, `${JSON.stringify(event)}\n`);
    },
  };
}

function parseLine(line: string): BodilessEvent {
  return JSON.parse(line);
}

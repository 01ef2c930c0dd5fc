import type { Clock } from '../../shared/ports.ts';

/** Tells a story line by line, each paragraph at its time of the local clock. */
export interface Narrator {
  title(text: string): void;
  /** Long texts are wrapped; only the first line has the time. */
  say(text: string): void;
}

const width = 92;
const indent = ' '.repeat(7);

export function createNarrator(clock: Clock, print: (line: string) => void): Narrator {
  return {
    title: (text) => print(`\n${text}`),
    say(text) {
      const [first = '', ...rest] = wrap(text);
      print(`${clockTime(clock.now())}  ${first}`);
      for (const line of rest) print(`${indent}${line}`);
    },
  };
}

/** `12:03`, UTC. */
export const clockTime = (atMs: number): string => new Date(atMs).toISOString().slice(11, 16);

function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.pop();
    if (last === undefined) lines.push(word);
    else if (last.length + 1 + word.length > width) lines.push(last, word);
    else lines.push(`${last} ${word}`);
  }
  return lines;
}

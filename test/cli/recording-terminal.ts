import type { Terminal } from '../../cli/framework/terminal.ts';

export interface RecordingTerminal extends Terminal {
  readonly printed: string[];
  readonly noted: string[];
}

/** A terminal without a person: it keeps what it was given. */
export function createRecordingTerminal(given: Partial<Terminal> = {}): RecordingTerminal {
  const printed: string[] = [];
  const noted: string[] = [];
  return {
    env: {},
    directory: '/nowhere',
    clock: { now: () => Date.parse('2026-11-21T12:00:00.000Z') },
    print: async (line) => void printed.push(line),
    note: (line) => void noted.push(line),
    style: (_style, text) => text,
    readInput: async () => new Uint8Array(),
    printed,
    noted,
    ...given,
  };
}

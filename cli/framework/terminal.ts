import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { styleText } from 'node:util';
import type { Clock } from '../../shared/ports.ts';
import { type Ask, createAsk } from './ask.ts';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'cyan';

/** The process as a command sees it. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  readonly clock: Clock;
  /** Width of a person's window. Absent when the output goes elsewhere. */
  readonly columns?: number;
  /** Writes a line of the result. Resolves when there is room for the next, so that a long result needs little memory. */
  print(line: string): Promise<void>;
  /** Writes a line beside the result: hints and errors. */
  note(line: string): void;
  /** Colour on a terminal; nothing where the output goes elsewhere or NO_COLOR is set. */
  style(style: Style, text: string): string;
  readInput(): Promise<Uint8Array>;
  /** Absent when nobody sits there. */
  readonly ask?: Ask;
}

export function createProcessTerminal(clock: Clock): Terminal {
  const { stdout, stderr } = process;
  return {
    env: process.env,
    directory: process.cwd(),
    clock,
    ...(stdout.isTTY ? { columns: stdout.columns } : {}),
    print: async (line) => {
      if (!stdout.write(`${line}\n`)) await once(stdout, 'drain');
    },
    note: (line) => void stderr.write(`${line}\n`),
    style: (style, text) => styleText(style, text, { stream: stdout }),
    readInput: () => buffer(process.stdin),
    ...(process.stdin.isTTY ? { ask: createAsk(process.stdin, stderr) } : {}),
  };
}

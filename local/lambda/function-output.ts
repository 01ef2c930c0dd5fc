import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Appends what a process prints to its log file, and tells each line of it. */
export function keepOutput(output: Readable, logFile: string, onLine: (line: string) => void): void {
  output.pipe(createWriteStream(logFile, { flags: 'a' }));
  createInterface({ input: output }).on('line', onLine);
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from '../../cli/commands.ts';
import type { Terminal } from '../../cli/framework/terminal.ts';
import { run } from '../../cli/run.ts';
import { localFile, writeLocalFile } from '../../local/local-file.ts';
import { type RunningStack, startRunningStack, type TestStackOptions } from '../support/running-stack.ts';
import { createRecordingTerminal } from './recording-terminal.ts';
import type { Outcome } from './x-stack.ts';

/** A directory in which `gapless --local` finds the whole stack, running. */
export interface StackProject {
  readonly directory: string;
  readonly stack: RunningStack;
  /** Runs the program in this process. */
  gapless(line: string, terminal?: Partial<Terminal>): Promise<Outcome>;
  close(): Promise<void>;
}

export async function startStackProject(options: TestStackOptions): Promise<StackProject> {
  const stack = await startRunningStack(options);
  const directory = await mkdtemp(join(tmpdir(), 'gapless-project-'));
  const removeFile = await writeLocalFile(localFile(directory), stack, Date.now());
  return {
    directory,
    stack,
    async gapless(line, change = {}) {
      const clock = { now: () => Date.now() };
      const terminal = createRecordingTerminal({ directory, clock, ...change });
      const code = await run({ commands, version: '0' }, [...line.split(' '), '--local'], terminal);
      return { code, out: terminal.printed.join('\n'), notes: terminal.noted.join('\n') };
    },
    async close() {
      await removeFile();
      await rm(directory, { recursive: true });
      await stack.close();
    },
  };
}

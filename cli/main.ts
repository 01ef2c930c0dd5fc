import { commands } from './commands.ts';
import { createProcessTerminal } from './framework/terminal.ts';
import { run } from './run.ts';
import { readVersion } from './version.ts';

// The reader of our output (head, less) has seen enough.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}

const terminal = createProcessTerminal({ now: () => Date.now() });
process.exitCode = await run({ commands, version: readVersion() }, process.argv.slice(2), terminal);

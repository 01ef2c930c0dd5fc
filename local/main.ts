import { resolve } from 'node:path';
import { run } from './run.ts';

// `npm start`: the whole stack on one machine.
process.exit(
  await run({ projectDir: resolve(import.meta.dirname, '..'), args: process.argv.slice(2), env: process.env }),
);

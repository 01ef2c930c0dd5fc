import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';
import { compileCacheDir } from './processes/compile-cache.ts';

// `npm start`: the whole stack on one machine. The cache first, so that it holds the rest.
enableCompileCache(compileCacheDir);
const { run } = await import('./run.ts');
process.exit(
  await run({ projectDir: resolve(import.meta.dirname, '..'), args: process.argv.slice(2), env: process.env }),
);

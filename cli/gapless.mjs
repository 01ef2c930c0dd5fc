#!/usr/bin/env node
// Starts the CLI on a Node that runs TypeScript. npx finds the project's own Node; a link from elsewhere finds the machine's.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const neededMajor = 24;
const main = new URL('./main.ts', import.meta.url);
const ownNode = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
/** The same as of `npm start`. With it the program starts in 0.3 instead of 0.7 s; where it cannot be written Node does without. */
const compileCache = fileURLToPath(new URL('../node_modules/.cache/gapless', import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= neededMajor) {
  module.enableCompileCache(compileCache);
  await import(main.href);
} else if (existsSync(ownNode)) {
  const env = { NODE_COMPILE_CACHE: compileCache, ...process.env };
  const child = spawn(ownNode, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', fail);
  child.on('exit', (code, signal) => {
    if (signal === null) process.exitCode = code ?? 1;
    else endBy(signal);
  });
} else {
  fail(
    `it needs Node.js ${neededMajor} or newer and this is ${process.version}. Install it, or run npm ci in ${fileURLToPath(new URL('..', import.meta.url))}, which brings one.`,
  );
}

/** Ends as the child did, so that a shell sees that it was interrupted. */
function endBy(signal) {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

function fail(why) {
  process.stderr.write(`gapless cannot start: ${why}\n`);
  process.exitCode = 1;
}

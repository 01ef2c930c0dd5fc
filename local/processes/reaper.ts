import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { compileCacheVariable } from './compile-cache.ts';
import type { ReaperOrder } from './reaper-order.ts';

let reaper: ChildProcess | undefined;

/**
 * One small process per parent, which kills the parent's children and removes its files when the parent is gone,
 * even by SIGKILL, when no handler of ours can run. It does not keep the parent alive.
 */
function running(): ChildProcess {
  if (reaper !== undefined) return reaper;
  const child = fork(join(import.meta.dirname, 'reaper-process.ts'), [], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
    env: { ...process.env, ...compileCacheVariable },
  });
  child.unref();
  child.channel?.unref();
  child.once('exit', () => {
    if (reaper === child) reaper = undefined;
  });
  reaper = child;
  return child;
}

const tell = (order: ReaperOrder) => {
  const child = running();
  if (child.connected) child.send(order, () => {});
};

export const watchProcess = (pid: number) => tell({ kind: 'watch', pid });
export const forgetProcess = (pid: number) => tell({ kind: 'forget', pid });
export const removeAtEnd = (path: string) => tell({ kind: 'remove-at-end', path });
export const keepAtEnd = (path: string) => tell({ kind: 'keep', path });

/** Lets the reaper go, and waits until it has gone: for a parent that leaves no process behind, not even for a moment. */
export async function endReaper(): Promise<void> {
  const child = reaper;
  if (child?.connected !== true) return;
  const exited = once(child, 'exit');
  child.ref();
  child.disconnect();
  await exited;
}

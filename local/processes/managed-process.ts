import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { forgetProcess, watchProcess } from './reaper.ts';

export interface ManagedProcess {
  readonly child: ChildProcess;
  /** How it ended, for people: `exit code 1` or `signal SIGKILL`. Resolves once, never rejects. */
  readonly exited: Promise<string>;
  /** SIGTERM, and SIGKILL if it has not gone after `graceMs` (real milliseconds). Safe to call again. */
  stop(graceMs?: number): Promise<void>;
}

const living = new Set<ManagedProcess>();

/** Kills whatever still runs, and waits until it is gone: when a start was broken off, and nobody knows what it had started. */
export async function killAll(): Promise<void> {
  await Promise.all([...living].map((managed) => managed.stop(0)));
}

/** Takes charge of a child: it ends when it is told to, or when this process ends, however that happens. */
export function manage(child: ChildProcess): ManagedProcess {
  const { pid } = child;
  if (pid !== undefined) watchProcess(pid);
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
    child.once('error', (error) => resolve(error.message));
  });
  void exited.then(() => {
    if (pid !== undefined) forgetProcess(pid);
    living.delete(managed);
  });

  const managed: ManagedProcess = {
    child,
    exited,
    async stop(graceMs = 3000) {
      if (child.exitCode !== null || child.signalCode !== null || pid === undefined) return;
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      child.kill('SIGTERM');
      await exited;
      clearTimeout(timer);
    },
  };
  living.add(managed);
  return managed;
}

/** The first message that the child sends, or an error that says how it ended before it sent any. */
export async function firstMessage({ child, exited }: ManagedProcess): Promise<unknown> {
  const ended = new AbortController();
  const death = exited.then((how) => {
    ended.abort();
    throw new Error(`The process ended before it was ready: ${how}`);
  });
  const message: unknown[] = await Promise.race([once(child, 'message', { signal: ended.signal }), death]);
  death.catch(() => {});
  return message[0];
}

import { killAll } from '../../../local/processes/managed-process.ts';
import { endReaper } from '../../../local/processes/reaper.ts';
import { makeTemporaryDirectory } from '../../../local/temporary-directory.ts';

export interface Parts {
  /** Closes it when the benchmark is over, the latest first. */
  own<T extends { close(): Promise<void> }>(part: T): T;
  /** Gone when the benchmark is over. */
  directory(): Promise<string>;
}

/** Runs a benchmark and leaves no process and no file of it, however it ends. */
export async function withParts(run: (parts: Parts) => Promise<void>): Promise<void> {
  const owned = new AsyncDisposableStack();
  try {
    await run({
      own(part) {
        owned.defer(() => part.close());
        return part;
      },
      async directory() {
        const { path, remove } = await makeTemporaryDirectory();
        owned.defer(remove);
        return path;
      },
    });
  } finally {
    await owned.disposeAsync();
    await killAll();
    await endReaper();
  }
}

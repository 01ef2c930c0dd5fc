import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepAtEnd, removeAtEnd } from './processes/reaper.ts';

export interface TemporaryDirectory {
  readonly path: string;
  remove(): Promise<void>;
}

/** A new directory that is gone when it is removed, or when this process ends, however that happens. */
export async function makeTemporaryDirectory(): Promise<TemporaryDirectory> {
  const path = await mkdtemp(join(tmpdir(), 'gapless-local-'));
  removeAtEnd(path);
  return {
    path,
    async remove() {
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
      keepAtEnd(path);
    },
  };
}

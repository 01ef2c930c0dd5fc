import type { Reader } from '../../shared/index.ts';
import type { Target } from './target.ts';

/** Lends the library's reader on the target's tables, and closes its connections however the use ends. */
export async function withReader<T>({ outputs, clients }: Target, use: (reader: Reader) => Promise<T>): Promise<T> {
  // Loaded only now: the SDK takes longer to load than the rest of the program.
  const { createReader } = await import('../../shared/index.ts');
  const reader = createReader({ ...outputs, clients });
  try {
    return await use(reader);
  } finally {
    reader.close();
  }
}

/** Merges sorted streams into one; `before` says which of two values comes first. */
export async function* mergeSorted<T>(
  sources: readonly AsyncIterable<T>[],
  before: (one: T, other: T) => boolean,
): AsyncGenerator<T> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  try {
    const heads = await Promise.all(iterators.map((iterator) => iterator.next()));
    for (;;) {
      let first = -1;
      let value: T | undefined;
      for (const [at, head] of heads.entries()) {
        if (head.done !== true && (value === undefined || before(head.value, value))) [first, value] = [at, head.value];
      }
      const source = iterators[first];
      if (value === undefined || source === undefined) return;
      yield value;
      heads[first] = await source.next();
    }
  } finally {
    await Promise.all(iterators.map((iterator) => iterator.return?.()));
  }
}

/** The first `limit` values. */
export async function* take<T>(source: AsyncIterable<T>, limit: number): AsyncGenerator<T> {
  if (limit === 0) return;
  let taken = 0;
  for await (const value of source) {
    yield value;
    taken += 1;
    if (taken === limit) return;
  }
}

export async function* inChunks<T>(source: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let chunk: T[] = [];
  for await (const value of source) {
    chunk.push(value);
    if (chunk.length === size) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}

/** The same values, each asked for while the consumer still has the one before. */
export async function* oneAhead<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done === true) return;
      next = iterator.next();
      // Its failure belongs to the consumer who comes for it, if one does.
      next.catch(() => {});
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}

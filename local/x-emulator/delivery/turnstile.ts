/** Lets at most `width` tasks run at once; the others wait in order. */
export function createTurnstile(width: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= width) await new Promise<void>((enter) => waiting.push(enter));
    else running += 1;
    try {
      return await task();
    } finally {
      // The place is handed over, so that nobody new can overtake who waits.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

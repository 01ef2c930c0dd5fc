/** Work that goes on after the call that started it. */
export interface Outstanding {
  /** Errors of `work` are reported, except those of an ending emulator. */
  track(work: Promise<unknown>): void;
  /** Resolves when nothing is under way, also nothing that was started meanwhile. */
  idle(): Promise<void>;
}

export function createOutstanding(signal: AbortSignal, report: (error: unknown) => void): Outstanding {
  const running = new Set<Promise<void>>();
  return {
    track(work) {
      const settled: Promise<void> = work
        .then(
          () => {},
          (error: unknown) => {
            if (!signal.aborted) report(error);
          },
        )
        .finally(() => running.delete(settled));
      running.add(settled);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

import type { Stage } from './stage.ts';

export interface Progress {
  say(line: string): void;
  stop(): void;
}

const everyMs = 10_000;

/** A line each ten seconds, each with the real seconds since the start and the time of the local clock. */
export function startProgress({ stack, x, account }: Stage): Progress {
  const startedAt = performance.now();
  const say = (line: string) => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0).padStart(5);
    console.log(`${seconds} s  ${new Date(stack.clock.now()).toISOString().slice(0, 19)}  ${line}`);
  };
  const timer = setInterval(() => {
    const { distinct, delivered, pending, attempts, replayed } = x.sent.counts();
    const forged = [...account.forged.values()].reduce((sum, count) => sum + count, 0);
    say(
      `X sent ${distinct} events in ${attempts} attempts: ${delivered} delivered, ${pending} pending; ${replayed} replayed; ${forged} forged`,
    );
  }, everyMs);
  void stack.died.then((sentence) => say(sentence));
  return {
    say,
    stop: () => clearInterval(timer),
  };
}

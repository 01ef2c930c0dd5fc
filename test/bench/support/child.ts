import { fork } from 'node:child_process';
import { once } from 'node:events';
import { firstMessage, manage } from '../../../local/processes/managed-process.ts';

/** A process that answers each order with one message. It ends with its parent. */
export interface Child<Order extends object, Answer> {
  /** What it said when it was ready. */
  readonly greeting: unknown;
  ask(order: Order): Promise<Answer>;
  close(): Promise<void>;
}

/** Nothing of this process's environment but `PATH` is handed on. */
export async function startChild<Order extends object, Answer>(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Child<Order, Answer>> {
  const child = fork(file, args, { detached: true, env: { PATH: process.env.PATH, ...env } });
  const managed = manage(child);
  const greeting = await firstMessage(managed);
  const ended = managed.exited.then((how): never => {
    throw new Error(`${file} ended by itself: ${how}`);
  });
  ended.catch(() => {});
  return {
    greeting,
    async ask(order) {
      child.send(order);
      const [answer]: Answer[] = await Promise.race([once(child, 'message'), ended]);
      if (answer === undefined) throw new TypeError('A message event has a message');
      return answer;
    },
    close: () => managed.stop(),
  };
}

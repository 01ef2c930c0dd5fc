import type { ChildProcess } from 'node:child_process';
import type { AdjustableClock } from './adjustable-clock.ts';
import { type ClockState, clockVariable } from './clock-state.ts';

const preload = new URL('./preload.ts', import.meta.url).href;

/** Node's arguments for a child that lives on the local clock. */
export const clockArguments = (clock: AdjustableClock | undefined): readonly string[] =>
  clock === undefined ? [] : ['--import', preload];

export const clockEnvironment = (clock: AdjustableClock | undefined): Readonly<Record<string, string>> =>
  clock === undefined ? {} : { [clockVariable]: JSON.stringify(clock.state) };

export interface ClockMessage {
  readonly kind: 'gapless-clock';
  readonly id: number;
  readonly state: ClockState;
}

let lastId = 0;

/**
 * Sends the clock's changes to a child with our preload and an IPC channel, starting with the present state. A change
 * counts as followed when the child acknowledged it, or is gone. Returns how to stop following.
 */
export async function followClock(clock: AdjustableClock, child: ChildProcess): Promise<() => void> {
  const push = (state: ClockState): Promise<void> =>
    new Promise((resolve) => {
      lastId += 1;
      const id = lastId;
      const done = () => {
        child.off('message', onMessage);
        child.off('exit', done);
        resolve();
      };
      const onMessage = (message: unknown) => {
        if (typeof message === 'object' && message !== null && 'clockSet' in message && message.clockSet === id) done();
      };
      child.on('message', onMessage);
      child.on('exit', done);
      if (!child.connected) return done();
      child.send({ kind: 'gapless-clock', id, state } satisfies ClockMessage, (error) => {
        if (error !== null) done();
      });
    });
  const unfollow = clock.follow(push);
  child.once('exit', unfollow);
  await push(clock.state);
  return unfollow;
}

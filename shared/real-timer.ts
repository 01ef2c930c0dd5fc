import { setTimeout as sleep } from 'node:timers/promises';
import type { Timer } from './stream-ports.ts';

export const realTimer: Timer = {
  sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {}),
};

import type { Via } from './event.ts';

/** X sends by its webhook, replays included, and by its stream, with what that fills back. */
export type Way = 'webhook' | 'stream';

export function wayOf(via: Via): Way {
  return via === 'stream' || via === 'backfill' ? 'stream' : 'webhook';
}

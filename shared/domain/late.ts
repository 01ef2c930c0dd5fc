import type { FoundEvent } from './event.ts';
import { wayOf } from './way.ts';

/**
 * X tries a refused delivery again for five minutes (legacy enterprise guide), and what a replay brings is at least ten
 * minutes old (docs.x.com, create replay job). Between the two lies every clock's error.
 */
const lateAfterMs = 9 * 60_000;

/** Whether only a replay can have brought the event: it says so, or it comes by the webhook long after it occurred. */
export function isLate(event: Pick<FoundEvent, 'via' | 'occurredAt' | 'occurredAtSource' | 'receivedAt'>): boolean {
  const { via, occurredAt, occurredAtSource, receivedAt } = event;
  if (via === 'replay') return true;
  if (wayOf(via) === 'stream') return false;
  return occurredAtSource !== 'received' && Date.parse(receivedAt) - Date.parse(occurredAt) >= lateAfterMs;
}

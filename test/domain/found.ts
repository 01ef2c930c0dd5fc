import assert from 'node:assert/strict';
import type { FoundEvent } from '../../shared/domain/event.ts';
import { receivedAt } from './split.ts';

/** What a reader of X's documentation expects of an event; everything not named must be absent. */
export type Expected = Pick<FoundEvent, 'eventId' | 'type'> &
  Partial<Omit<FoundEvent, 'eventId' | 'type' | 'payload' | 'subjectId'>>;

/** Compares everything but the payload. Without a time the event is as old as its receipt. */
export function assertFound(event: FoundEvent, expected: Expected): void {
  const { payload: _, ...found } = event;
  assert.deepEqual(found, {
    app: 'default',
    receivedAt,
    via: 'webhook',
    payloadFormat: 'json',
    subjectId: expected.eventId.slice(expected.eventId.lastIndexOf(':') + 1),
    carriedPostIds: [],
    ...(expected.occurredAt === undefined
      ? { occurredAt: receivedAt, occurredAtSource: 'received' }
      : { occurredAtSource: 'payload' }),
    ...expected,
  });
}

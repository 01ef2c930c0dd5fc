import type { StoredEvent } from '../../../shared/domain/event.ts';

/** A stored post of a made-up account. */
export function sampleEvent(given: Partial<StoredEvent> = {}): StoredEvent {
  return {
    eventId: 'default:xaa:post.create:710:1850000000000000001',
    app: 'default',
    product: 'xaa',
    type: 'post.create',
    wireType: 'post.create',
    account: '710',
    actor: '710',
    postId: '1850000000000000001',
    text: 'Hello from the harbour',
    occurredAt: '2026-11-21T10:00:00.000Z',
    occurredAtSource: 'payload',
    receivedAt: '2026-11-21T10:00:01.000Z',
    via: 'webhook',
    payload: '{"data":{"payload":{"text":"Hello from the harbour"}}}',
    payloadFormat: 'json',
    ...given,
  };
}

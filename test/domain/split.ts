import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Delivery, FoundEvent } from '../../shared/domain/event.ts';
import { type SplitDelivery, splitDelivery } from '../../shared/domain/split-delivery.ts';

export const receivedAt = '2026-10-06T00:00:00.000Z';

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Splits bytes, text, or a value printed as JSON. */
export function split(body: unknown, delivery: Partial<Delivery> = {}): SplitDelivery {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const bytes = body instanceof Uint8Array ? body : new TextEncoder().encode(text);
  return splitDelivery(
    { deliveryId: 'delivery-1', app: 'default', via: 'webhook', receivedAt, body: bytes, ...delivery },
    { sha256Hex },
  );
}

/** The one event of a body; fails when there are more or fewer. */
export function splitOne(body: unknown, delivery: Partial<Delivery> = {}): FoundEvent {
  const { events } = split(body, delivery);
  const [event] = events;
  if (event === undefined || events.length > 1) throw new Error(`expected one event, found ${events.length}`);
  return event;
}

export function fixture(name: string): string {
  return readFileSync(join(import.meta.dirname, '../fixtures/x', `${name}.json`), 'utf8');
}

import type { StoredEvent } from '../../shared/domain/event.ts';
import { plainJson } from './plain-text.ts';
import { isPrivate } from './private.ts';

/**
 * One event as one line of JSON. `payload` is the stored JSON text itself, so that every digit stays; text and base64
 * payloads are JSON strings. Private events come without `text` and `payload` unless asked for.
 */
export function eventJson(event: StoredEvent, showPrivate: boolean): string {
  const { payload, text, ...rest } = event;
  if (isPrivate(event) && !showPrivate) return plainJson(JSON.stringify(rest));
  const head = JSON.stringify(text === undefined ? rest : { ...rest, text });
  const body = event.payloadFormat === 'json' ? payload : JSON.stringify(payload);
  return plainJson(`${head.slice(0, -1)},"payload":${body}}`);
}

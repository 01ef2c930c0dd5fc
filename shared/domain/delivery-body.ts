import type { PayloadFormat } from './event.ts';
import { parseJson } from './json.ts';

/** A body that can be split, or one that is kept as it is. `form` tells bodies apart whose payloads read the same. */
export type DeliveryBody =
  | { readonly kind: 'json'; readonly value: unknown; readonly compact: string }
  | {
      readonly kind: 'opaque';
      readonly form: 'text' | 'base64' | 'deep';
      readonly payload: string;
      readonly payloadFormat: PayloadFormat;
    };

/** Reads any bytes. A byte order mark stays, so a body that has one is text and not JSON. */
export function readBody(bytes: Uint8Array): DeliveryBody {
  const text = decode(bytes);
  if (text === undefined) {
    const payload = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
    return { kind: 'opaque', form: 'base64', payload, payloadFormat: 'base64' };
  }
  const reading = parseJson(text);
  if (reading.kind === 'json') return reading;
  return reading.kind === 'too-deep'
    ? { kind: 'opaque', form: 'deep', payload: reading.compact, payloadFormat: 'json' }
    : { kind: 'opaque', form: 'text', payload: text, payloadFormat: 'text' };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

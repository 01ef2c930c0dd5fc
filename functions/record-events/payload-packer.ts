import type { EventStoreSettings } from '../../shared/aws/event-store.ts';
import { loadOnce } from '../../shared/load-once.ts';
import type { PayloadEncoding } from './env.ts';

/** The dictionary is a chunk of its own, for those who asked for it. */
export function payloadPacker(encoding: PayloadEncoding): NonNullable<EventStoreSettings['packPayload']> {
  if (encoding === 'plain') return async () => undefined;
  const load = loadOnce(() => import('../../shared/aws/packed-payload.ts'));
  return async (payload) => (await load()).packPayload(payload);
}

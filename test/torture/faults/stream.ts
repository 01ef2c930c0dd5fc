import type { StreamTroubles } from '../../../local/x-emulator/stream/stream-troubles.ts';
import type { FaultOf } from '../fault.ts';

/** More requests for the stream than any reader makes while one trouble lasts. */
const manyTimes = 1_000;
/** Of X's clock. */
const abandonedMs = 60_000;

/** What a trouble of X's stream does when it begins and when it ends. */
export function troubleStream(
  { trouble, status }: FaultOf<'stream'>,
  x: StreamTroubles,
): { readonly begin: () => void; readonly end: () => void } {
  switch (trouble) {
    case 'disconnect':
      return { begin: () => x.disconnect(), end: () => {} };
    case 'cut':
      return { begin: () => x.cut(), end: () => {} };
    case 'silence':
      return { begin: () => x.silence({ also: 'new' }), end: () => x.speak() };
    case 'refuse':
      return { begin: () => x.refuse({ status, times: manyTimes }), end: () => x.refuse({ times: 0 }) };
    case 'refuse-past':
      return { begin: () => x.refusePast(status), end: () => x.refusePast(undefined) };
    case 'abandon':
      return { begin: () => x.holdAbandoned(abandonedMs), end: () => x.holdAbandoned(0) };
  }
}

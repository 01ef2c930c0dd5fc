import type { Clock } from '../../../shared/ports.ts';
import type { SentEvent } from '../state/sent-event.ts';

/** All that ever went down the activity stream, in its order. A line's place never changes. */
export interface StreamArchive {
  /** How many lines there are: the place of the next one. */
  readonly length: number;
  append(key: string): void;
  /** The event as it was sent; `undefined` once X has forgotten it. */
  at(place: number): Uint8Array | undefined;
  /** The place of the first line that was sent at `atMs` or later. */
  placeAt(atMs: number): number;
  /** Calls `onLine` after every line that is added. Returns how to stop. */
  follow(onLine: () => void): () => void;
}

/** `sent` says what X sent before it was started again. */
export function createStreamArchive(
  clock: Clock,
  sent: { readonly events: ReadonlyMap<string, Pick<SentEvent, 'key' | 'body' | 'streamedAtMs'>> },
): StreamArchive {
  const earlier = sent.events
    .values()
    .flatMap(({ key, streamedAtMs }) => (streamedAtMs === undefined ? [] : [{ key, streamedAtMs }]))
    .toArray()
    .sort((one, other) => one.streamedAtMs - other.streamedAtMs);
  const keys = earlier.map(({ key }) => key);
  // Bare numbers, since there may be a million.
  const sentAtMs = earlier.map(({ streamedAtMs }) => streamedAtMs);
  const followers = new Set<() => void>();

  return {
    get length() {
      return keys.length;
    },
    append(key) {
      keys.push(key);
      sentAtMs.push(Math.max(clock.now(), sentAtMs.at(-1) ?? 0));
      for (const onLine of followers) onLine();
    },
    at: (place) => sent.events.get(keys[place] ?? '')?.body,
    placeAt(atMs) {
      let [low, high] = [0, sentAtMs.length];
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        if ((sentAtMs[middle] ?? 0) < atMs) low = middle + 1;
        else high = middle;
      }
      return low;
    },
    follow(onLine) {
      followers.add(onLine);
      return () => followers.delete(onLine);
    },
  };
}

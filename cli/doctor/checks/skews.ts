import type { Clock } from '../../../shared/ports.ts';
import type { Skew } from '../verdicts/clock.ts';

const timeoutMs = 10_000;

/** How far the clocks behind the addresses are ahead of ours, by the `Date` of whatever they answer. Rejects where none answers. */
export function readSkews(addresses: Readonly<Record<string, string>>, clock: Clock): Promise<readonly Skew[]> {
  return Promise.all(
    Object.entries(addresses).map(async ([of, url]) => {
      const askedAtMs = clock.now();
      const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
      await response.body?.cancel();
      const theirs = Date.parse(response.headers.get('date') ?? '');
      const ours = (askedAtMs + clock.now()) / 2;
      return { of, ms: Number.isNaN(theirs) ? undefined : theirs - ours };
    }),
  );
}

import { type Outage, type OutageMode, outageModes } from '../outages/outages.ts';
import { AdminRequestError, choiceIn, flagIn, numberIn, textIn, timeIn } from './admin-fields.ts';

/** `end` without a mode: all of them. */
export type OutageRequest =
  | { readonly kind: 'start'; readonly outage: Outage }
  | { readonly kind: 'end'; readonly mode: OutageMode | undefined };

/** Throws `AdminRequestError`. */
export function parseOutage(body: unknown): OutageRequest {
  const mode = choiceIn(body, 'mode', outageModes);
  if (flagIn(body, 'off') === true) return { kind: 'end', mode };
  if (mode === undefined) throw new AdminRequestError(`mode: one of ${outageModes.join(', ')} expected`);
  const untilMs = timeIn(body, 'until');
  if (mode !== 'api-down') return { kind: 'start', outage: { mode, untilMs } };
  return {
    kind: 'start',
    outage: { mode, untilMs, status: numberIn(body, 'status', 400, 599), path: textIn(body, 'path') },
  };
}

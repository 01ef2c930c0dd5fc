import type { SentEvent } from '../state/sent-event.ts';
import type { ReplayRules } from './replay-rules.ts';
import type { ReplayWindow } from './replay-window.ts';

/** What was first delivered or attempted to a webhook in the window, oldest first (the description of X's OpenAPI operation). */
export function replayableEvents(
  events: Iterable<SentEvent>,
  webhookId: string,
  { fromMs, toMs }: ReplayWindow,
  { replaysWithheld }: Pick<ReplayRules, 'replaysWithheld'>,
): readonly SentEvent[] {
  return [...events]
    .flatMap((event) => (event.firstAtMs === undefined ? [] : [{ event, atMs: event.firstAtMs }]))
    .filter(({ atMs, event }) => event.webhookId === webhookId && atMs >= fromMs && atMs < toMs)
    .filter(({ event }) => replaysWithheld || event.outcome !== 'withheld')
    .sort((one, other) => one.atMs - other.atMs)
    .map(({ event }) => event);
}

import type { EventReader, ListedEvent, ListOptions } from '../../shared/index.ts';

/** What was asked for; what is absent is not asked about. */
export interface EventFilter {
  readonly account?: string | undefined;
  readonly post?: string | undefined;
  readonly listing: Omit<ListOptions, 'limit'>;
}

/** The events that fit, at most `limit`, by the index that finds the fewest others. */
export async function* findEvents(
  events: EventReader,
  { account, post, listing }: EventFilter,
  limit: number,
): AsyncGenerator<ListedEvent> {
  if (post === undefined) {
    const options = { ...listing, limit };
    yield* account === undefined ? events.between(options) : events.byAccount(account, options);
    return;
  }
  // A post has few events, so the account is looked for among them.
  let found = 0;
  for await (const event of events.byPost(post, listing)) {
    if (account !== undefined && event.account !== account) continue;
    yield event;
    found += 1;
    if (found >= limit) return;
  }
}

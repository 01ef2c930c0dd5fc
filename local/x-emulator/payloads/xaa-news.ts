import { isoSecond } from './times.ts';
import { makeXaaEvent, type XaaEnvelope } from './xaa-event.ts';

interface XaaNews extends XaaEnvelope {
  /** Snowflake id of the story. One story that matches two keywords comes twice, with one `event_uuid`. */
  readonly id: string;
  readonly updatedAtMs: number;
  readonly name: string;
  readonly summary: string;
  readonly postIds: readonly string[];
}

export function makeXaaNews({ id, updatedAtMs, name, summary, postIds, ...envelope }: XaaNews) {
  return makeXaaEvent('news.new', envelope, {
    id,
    name,
    summary,
    hook: summary,
    category: 'News',
    updated_at: isoSecond(updatedAtMs),
    contexts: {
      entities: { events: [], organizations: [], people: [], places: [], products: [] },
      topics: ['Technology'],
      finance: { tickers: [] },
      sports: { teams: [] },
    },
    cluster_posts_results: postIds.map((post_id) => ({ post_id })),
    disclaimer: 'This story is a summary of posts on X and may evolve over time.',
  });
}

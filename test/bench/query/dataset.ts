import { toXJson } from '../../../local/x-emulator/payloads/x-json.ts';
import type { FoundEvent } from '../../../shared/domain/event.ts';

/** What the table holds: events number 0 and up, always the same ones, so that a table can be filled in several goes. */
export const dataset = {
  days: 30,
  firstDayMs: Date.UTC(2026, 9, 1),
  accounts: 1000,
  /** Its events are a tenth of all. */
  busyAccount: '2244994945',
  /** So many posts have a hundred likes that are referred to, as pattern 4 needs them. */
  likedPosts: 50,
  likesOfEach: 100,
} as const;

export const rareType = 'post.repost.create';

const dayMs = 86_400_000;
const accountOf = (number: number) =>
  number % 10 === 0 ? dataset.busyAccount : String(1_042_333_000_000_000_000n + BigInt(number % dataset.accounts));

export const likedPostOf = (number: number): string => String(1_850_000_000_000_000_000n + BigInt(number));

/** The post that event `number` refers to in carriedPosts, where it does. */
const referredPost = (number: number): string | undefined =>
  number < dataset.likedPosts * dataset.likesOfEach ? likedPostOf(number % dataset.likedPosts) : undefined;

/** Spread over the days as if shuffled, the same for the same number. */
function occurredAtOf(number: number): string {
  const place = (number * 7919) % 1_000_003;
  return new Date(dataset.firstDayMs + Math.floor((place / 1_000_003) * dataset.days * dayMs)).toISOString();
}

/** One in twenty is a repost, so that a type is worth filtering by. The payload has about 1 KB, the item about 1.7 KB. */
export function eventOf(number: number): FoundEvent {
  const type = number % 20 === 0 ? rareType : 'like.create';
  const likeId = number.toString(16).padStart(32, '0');
  const account = accountOf(number);
  const occurredAt = occurredAtOf(number);
  const actor = String(29_010_112 + (number % 50_000));
  const postId = referredPost(number) ?? String(1_860_000_000_000_000_000n + BigInt(number));
  const eventUuid = `6f1d2c3b-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
  const payload = toXJson({
    data: {
      event_uuid: eventUuid,
      filter: { user_id: account },
      event_type: type,
      payload: { id: likeId, timestamp_ms: String(Date.parse(occurredAt)), liked_post: post(postId, account), actor },
    },
  });
  return {
    eventId: `default:xaa:${type}:${account}:${likeId}`,
    subjectId: likeId,
    app: 'default',
    product: 'xaa',
    type,
    wireType: type,
    account,
    actor,
    target: account,
    postId,
    carriedPostIds: referredPost(number) === undefined ? [] : [postId],
    occurredAt,
    occurredAtSource: 'payload',
    receivedAt: occurredAt,
    via: 'webhook',
    eventUuid,
    payload,
    payloadFormat: 'json',
  };
}

const post = (id: string, author: string) => ({
  id,
  author_id: author,
  conversation_id: id,
  lang: 'en',
  text: 'Low tide at the old mill, bread at six, and the train to the fjord runs late again. '.repeat(6).trim(),
  public_metrics: { retweet_count: 3, reply_count: 1, like_count: 12, quote_count: 0, bookmark_count: 2 },
  edit_history_tweet_ids: [id],
});

/** The days that have events, `YYYY-MM-DD`. */
export const datasetDays: readonly string[] = Array.from({ length: dataset.days }, (_, day) =>
  new Date(dataset.firstDayMs + day * dayMs).toISOString().slice(0, 10),
);

import type { FoundEvent } from './event.ts';
import { unwrapped } from './ids.ts';
import { list, member, text } from './json.ts';

/**
 * The text of an event for people to read: of the post, whole where X sends a shortened one beside it, of the message,
 * of the news story or the broadcast. `undefined` where there is none; XChat's is encrypted.
 */
export function eventText(event: Pick<FoundEvent, 'type' | 'payload' | 'payloadFormat'>): string | undefined {
  const read = event.payloadFormat === 'json' ? readers.get(event.type) : undefined;
  if (read === undefined) return undefined;
  const body: unknown = JSON.parse(event.payload);
  const data = member(body, 'data');
  return read(body, Array.isArray(data) ? data[0] : data);
}

type TextReader = (body: unknown, data: unknown) => string | undefined;

const postText: TextReader = (body, data) => {
  const [aaaPost] = list(member(body, 'tweet_create_events'));
  const post = unwrapped(aaaPost ?? member(data, 'payload') ?? data);
  return firstText(
    member(post, 'extended_tweet', 'full_text'),
    member(post, 'note_tweet', 'text'),
    member(post, 'full_text'),
    member(post, 'text'),
  );
};

const messageText: TextReader = (body, data) => {
  const payload = member(data, 'payload');
  const [entry = payload] = list(member(payload ?? body, 'direct_message_events'));
  return firstText(member(entry, 'message_create', 'message_data', 'text'), member(entry, 'text'));
};

const payloadText =
  (...keys: readonly string[]): TextReader =>
  (_body, data) =>
    firstText(...keys.map((key) => member(data, 'payload', key)));

const readers: ReadonlyMap<string, TextReader> = new Map([
  ['post.create', postText],
  ['post.mention.create', postText],
  ['post.reply.create', postText],
  ['post.quote.create', postText],
  ['post.repost.create', postText],
  ['dm.received', messageText],
  ['dm.sent', messageText],
  ['news.new', payloadText('summary', 'headline', 'name')],
  ['broadcast.start', payloadText('title')],
  ['broadcast.end', payloadText('title')],
  ['broadcast.chat', payloadText('message')],
]);

function firstText(...candidates: readonly unknown[]): string | undefined {
  return candidates.map(text).find((candidate) => candidate !== undefined);
}

import { idsOf, postsInside } from './carried-posts.ts';
import { readDirectMessage } from './direct-messages.ts';
import { allOf, type EventFacts } from './event-draft.ts';
import { type AaaEventKey, type AaaEventType, isAaaEventKey, unknownType } from './event-types.ts';
import { id, objectId } from './ids.ts';
import { member, text } from './json.ts';
import { authorOf, type PostFacts, readPost } from './posts.ts';
import { timeKey } from './times.ts';

type EntryReader = (entry: unknown, account: string | undefined) => EventFacts;

const relationTypes: ReadonlyMap<string, AaaEventType> = new Map([
  ['follow', 'follow.follow'],
  ['unfollow', 'follow.unfollow'],
  ['mute', 'mute.mute'],
  ['unmute', 'mute.unmute'],
  ['block', 'block.block'],
  ['unblock', 'block.unblock'],
]);

const readers: Readonly<Record<AaaEventKey, EntryReader>> = {
  tweet_create_events: created,
  tweet_delete_events: deleted,
  favorite_events: liked,
  follow_events: related,
  mute_events: related,
  block_events: related,
  direct_message_events: messaged,
  direct_message_indicate_typing_events: typed,
  direct_message_mark_read_events: read,
  'user_event.revoke': revoked,
};

/** Reads one entry of an Account Activity API key (docs.x.com account-activity introduction, "account activity data object structure"). */
export function readAaaEntry(key: string, entry: unknown, account: string | undefined): EventFacts {
  if (isAaaEventKey(key)) return readers[key](entry, account);
  return { type: unknownType, times: [member(entry, 'timestamp_ms'), member(entry, 'created_timestamp')] };
}

function created(entry: unknown, account: string | undefined): EventFacts {
  const post = readPost(entry, []);
  const type = typeOfPost(post, account);
  return {
    type,
    actor: post.author,
    target: type === 'post.mention.create' ? account : (post.repostedUser ?? post.quotedUser ?? post.repliedUser),
    postId: post.postId,
    conversationId: post.conversationId,
    subject: allOf(post.postId),
    times: [member(entry, 'timestamp_ms'), post.createdAt],
    createdId: post.postId,
    carriedPostIds: postsInside(entry),
  };
}

/** AAA has one key for every post that concerns the account; what it is to the account follows from who wrote it. */
function typeOfPost(post: PostFacts, account: string | undefined): AaaEventType {
  if (post.author === undefined || post.author === account) return 'post.create';
  if (post.repostedUser === account) return 'post.repost.create';
  if (post.quotedUser === account) return 'post.quote.create';
  if (post.repliedUser === account) return 'post.reply.create';
  return 'post.mention.create';
}

function deleted(entry: unknown): EventFacts {
  const postId = objectId(member(entry, 'status'));
  return {
    type: 'post.delete',
    actor: id(member(entry, 'status', 'user_id')),
    postId,
    subject: allOf(postId),
    times: [member(entry, 'timestamp_ms')],
  };
}

function liked(entry: unknown): EventFacts {
  const post = member(entry, 'favorited_status');
  return {
    type: 'like.create',
    actor: objectId(member(entry, 'user')),
    target: authorOf(post),
    postId: objectId(post),
    subject: allOf(objectId(entry)),
    times: [member(entry, 'timestamp_ms')],
    carriedPostIds: [...idsOf([post]), ...postsInside(post)],
  };
}

function related(entry: unknown): EventFacts {
  const [actor, target] = [objectId(member(entry, 'source')), objectId(member(entry, 'target'))];
  const at = member(entry, 'created_timestamp');
  return {
    type: relationTypes.get(text(member(entry, 'type')) ?? '') ?? unknownType,
    actor,
    target,
    subject: allOf(actor, target, timeKey(at)),
    times: [at],
  };
}

function messaged(entry: unknown, account: string | undefined): EventFacts {
  const { messageId, ...facts } = readDirectMessage(entry);
  const type = facts.actor !== undefined && facts.actor === account ? 'dm.sent' : 'dm.received';
  return { ...facts, type, subject: allOf(messageId), createdId: messageId };
}

function typed(entry: unknown): EventFacts {
  const { createdAt, ...facts } = readDirectMessage(entry);
  return { ...facts, type: 'dm.indicate_typing', subject: allOf(facts.actor, facts.target, timeKey(createdAt)) };
}

function read(entry: unknown): EventFacts {
  const { createdAt, ...facts } = readDirectMessage(entry);
  const lastRead = id(member(entry, 'last_read_event_id'));
  return { ...facts, type: 'dm.read', subject: allOf(facts.actor, facts.target, lastRead, timeKey(createdAt)) };
}

function revoked(entry: unknown): EventFacts {
  const [actor, target] = [id(member(entry, 'source', 'user_id')), id(member(entry, 'target', 'app_id'))];
  const at = member(entry, 'date_time');
  return { type: 'oauth.revoke', actor, target, subject: allOf(actor, target, timeKey(at)), times: [at] };
}

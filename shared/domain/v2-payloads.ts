import type { EventType } from './event-types.ts';
import type { DirectMessage } from './v1-payloads.ts';

/**
 * What the X Activity API sends, in v2's shapes (docs.x.com activity, "event payloads"). X leaves members out at
 * times, so what is not certain is optional. Types without documented payload have `unknown`.
 */
export interface V2User {
  readonly id: string;
  readonly name?: string;
  readonly username?: string;
  readonly created_at?: string;
  readonly description?: string;
  readonly location?: string;
  readonly url?: string;
  readonly protected?: boolean;
  readonly verified?: boolean;
  readonly verified_type?: string;
  readonly profile_image_url?: string;
  readonly public_metrics?: Readonly<Record<string, number | string>>;
}

export interface Wrapped<Value> {
  readonly data: Value;
}

export interface V2Post {
  readonly id: string;
  readonly text?: string;
  /** The whole text of a long post. */
  readonly note_tweet?: { readonly text?: string };
  readonly author_id?: string;
  readonly created_at?: string;
  readonly conversation_id?: string;
  readonly in_reply_to_user_id?: string;
  readonly in_reply_to_tweet_id?: string;
  readonly referenced_tweets?: readonly {
    readonly type: 'retweeted' | 'quoted' | 'replied_to';
    readonly id: string;
  }[];
  readonly entities?: unknown;
  readonly lang?: string;
  readonly public_metrics?: Readonly<Record<string, number | string>>;
}

interface Includes {
  readonly users?: readonly (V2User | Wrapped<V2User>)[];
  readonly tweets?: readonly V2Post[];
}

interface Relation {
  readonly source: Wrapped<V2User>;
  readonly target: Wrapped<V2User>;
}

interface ProfileUpdate {
  readonly before?: string;
  readonly after?: string;
}

interface DirectMessages {
  readonly direct_message_events: readonly [DirectMessage];
  readonly users?: Readonly<Record<string, Wrapped<V2User>>>;
}

/** Encrypted: `encoded_event` needs the keys of the conversation. */
interface ChatMessage {
  readonly id?: string;
  readonly created_at_msec?: string;
  readonly sender_id?: string;
  readonly conversation_id?: string;
  readonly conversation_token?: string;
  readonly encoded_event?: string;
}

interface Space {
  readonly user?: Wrapped<V2User>;
  readonly broadcast_id: string;
}

interface Broadcast extends Space {
  readonly event_timestamp_ms?: number;
  readonly event_timestamp_ms_str?: string;
  readonly title?: string;
  readonly broadcast_state?: string;
}

interface Payloads {
  readonly 'post.create': V2Post;
  readonly 'post.mention.create': V2Post;
  readonly 'post.reply.create': V2Post;
  readonly 'post.quote.create': V2Post;
  readonly 'post.repost.create': V2Post;
  readonly 'post.delete': { readonly id: string; readonly author_id?: string };
  readonly 'like.create': {
    readonly id: string;
    readonly timestamp_ms?: string;
    readonly created_at?: string;
    readonly liked_tweet_id: string;
    readonly liked_tweet_author_id?: string;
  };
  readonly 'follow.follow': Relation;
  readonly 'follow.unfollow': Relation;
  readonly 'dm.received': DirectMessages;
  readonly 'dm.sent': DirectMessages;
  readonly 'chat.received': ChatMessage;
  readonly 'chat.sent': ChatMessage;
  readonly 'news.new': {
    readonly id?: string;
    readonly updated_at?: string;
    readonly name?: string;
    readonly headline?: string;
    readonly summary?: string;
    readonly hook?: string;
    readonly category?: string;
  };
  readonly 'spaces.start': Space;
  readonly 'spaces.end': Space;
  readonly 'broadcast.start': Broadcast;
  readonly 'broadcast.end': Broadcast;
  readonly 'broadcast.chat': {
    readonly broadcast_id?: string;
    readonly message_id: string;
    readonly message?: string;
    readonly author?: Wrapped<V2User>;
  };
  readonly 'oauth.revoke': { readonly date_time?: string; readonly user_id: string; readonly app_id: string };
}

type PayloadOf<Type extends EventType> = Type extends keyof Payloads
  ? Payloads[Type]
  : Type extends `profile.update.${string}`
    ? ProfileUpdate
    : unknown;

/** The body of one event of the X Activity API. */
export interface XaaBody<Type extends EventType> {
  readonly data: {
    readonly event_uuid?: string;
    readonly event_type: string;
    readonly filter?: { readonly user_id?: string; readonly keyword?: string; readonly direction?: string };
    readonly tag?: string;
    readonly created_at?: string;
    readonly payload: PayloadOf<Type>;
    readonly includes?: Includes;
  };
  readonly meta?: { readonly replay?: boolean };
}

/** The body of a filtered-stream webhook. */
export interface FilteredStreamBody {
  readonly data: V2Post;
  readonly includes?: Includes;
  readonly matching_rules: readonly { readonly id: string; readonly tag?: string }[];
}

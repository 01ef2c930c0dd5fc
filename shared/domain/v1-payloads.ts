/**
 * What the Account Activity API sends, in v1.1's shapes (docs.x.com account-activity). X leaves members out at times,
 * so what is not certain is optional. Numbers may have lost digits: use the `_str` member of an id.
 */
export interface V1User {
  readonly id?: number;
  readonly id_str?: string;
  readonly name?: string;
  readonly screen_name?: string;
  readonly description?: string | null;
  readonly location?: string | null;
  readonly url?: string | null;
  readonly protected?: boolean;
  readonly verified?: boolean;
  readonly followers_count?: number;
  readonly friends_count?: number;
  readonly statuses_count?: number;
  readonly created_at?: string;
  readonly profile_image_url_https?: string;
}

export interface V1Post {
  readonly id?: number;
  readonly id_str: string;
  /** As in "Mon Mar 26 16:33:26 +0000 2018". */
  readonly created_at?: string;
  readonly timestamp_ms?: string;
  /** Cut to 140 characters where `truncated`; the whole is in `extended_tweet`. */
  readonly text?: string;
  readonly truncated?: boolean;
  readonly extended_tweet?: { readonly full_text?: string; readonly entities?: unknown };
  readonly user?: V1User;
  readonly in_reply_to_status_id_str?: string | null;
  readonly in_reply_to_user_id_str?: string | null;
  readonly in_reply_to_screen_name?: string | null;
  readonly is_quote_status?: boolean;
  readonly quoted_status_id_str?: string;
  readonly quoted_status?: V1Post;
  readonly retweeted_status?: V1Post;
  readonly entities?: unknown;
  readonly extended_entities?: unknown;
  readonly lang?: string | null;
}

export interface V1PostDelete {
  readonly status: { readonly id: string; readonly user_id?: string };
  readonly timestamp_ms?: string;
}

export interface V1Like {
  readonly id: string;
  readonly created_at?: string;
  readonly timestamp_ms?: number;
  readonly favorited_status: V1Post;
  readonly user: V1User;
}

/** A follow, mute or block, or the end of one. */
export interface V1Relation<Type extends string> {
  readonly type: Type;
  readonly created_timestamp: string;
  readonly source: V1User;
  readonly target: V1User;
}

export interface DirectMessage {
  readonly type: 'message_create';
  readonly id: string;
  readonly created_timestamp?: string;
  readonly message_create: {
    readonly sender_id: string;
    readonly source_app_id?: string;
    readonly target: { readonly recipient_id: string };
    readonly message_data: { readonly text?: string; readonly entities?: unknown; readonly attachment?: unknown };
  };
}

export interface DirectMessageTyping {
  readonly created_timestamp: string;
  readonly sender_id: string;
  readonly target: { readonly recipient_id: string };
}

export interface DirectMessageRead extends DirectMessageTyping {
  readonly last_read_event_id?: string;
}

export interface V1Revoke {
  readonly date_time: string;
  readonly target: { readonly app_id: string };
  readonly source: { readonly user_id: string };
}

/** A delivery reduced to one event: its array has one entry. */
export type AaaBody<Key extends string, Entry> = {
  readonly for_user_id: string;
  readonly user_has_blocked?: boolean | string;
  /** Of direct messages: the people in it, by id. */
  readonly users?: Readonly<Record<string, unknown>>;
  readonly apps?: Readonly<Record<string, unknown>>;
} & { readonly [Name in Key]: readonly [Entry] };

type PostBody = AaaBody<'tweet_create_events', V1Post>;
type DirectMessageBody = AaaBody<'direct_message_events', DirectMessage>;

/** The body of each type of the Account Activity API. */
export interface AaaBodies {
  readonly 'post.create': PostBody;
  readonly 'post.mention.create': PostBody;
  readonly 'post.reply.create': PostBody;
  readonly 'post.quote.create': PostBody;
  readonly 'post.repost.create': PostBody;
  readonly 'post.delete': AaaBody<'tweet_delete_events', V1PostDelete>;
  readonly 'like.create': AaaBody<'favorite_events', V1Like>;
  readonly 'follow.follow': AaaBody<'follow_events', V1Relation<'follow'>>;
  readonly 'follow.unfollow': AaaBody<'follow_events', V1Relation<'unfollow'>>;
  readonly 'mute.mute': AaaBody<'mute_events', V1Relation<'mute'>>;
  readonly 'mute.unmute': AaaBody<'mute_events', V1Relation<'unmute'>>;
  readonly 'block.block': AaaBody<'block_events', V1Relation<'block'>>;
  readonly 'block.unblock': AaaBody<'block_events', V1Relation<'unblock'>>;
  readonly 'dm.received': DirectMessageBody;
  readonly 'dm.sent': DirectMessageBody;
  readonly 'dm.indicate_typing': AaaBody<'direct_message_indicate_typing_events', DirectMessageTyping>;
  readonly 'dm.read': AaaBody<'direct_message_mark_read_events', DirectMessageRead>;
  readonly 'oauth.revoke': { readonly user_event: { readonly revoke: V1Revoke } };
}

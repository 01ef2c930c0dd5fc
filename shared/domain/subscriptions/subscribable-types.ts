import { type EventType, eventTypes, isAaaType } from '../event-types.ts';

/**
 * What X's API takes as the type of a subscription: all but the two that X has only announced, and `oauth.revoke`,
 * which the documentation describes and the enum of the OpenAPI description (2.167) lacks.
 */
export type SubscribableType = Exclude<EventType, 'chat.read' | 'chat.indicate_typing' | 'oauth.revoke'>;

export const isSubscribable = (type: EventType): type is SubscribableType =>
  type !== 'chat.read' && type !== 'chat.indicate_typing' && type !== 'oauth.revoke';

export const subscribableTypes = eventTypes.filter(isSubscribable);

/** `either`: X's book says the app's token on elevated tiers and the account's otherwise; its documentation is silent. */
export type Audience = 'public' | 'private' | 'either';

/** What X asks for before it creates a subscription to the type (docs.x.com activity introduction; OpenAPI 2.167). */
export interface TypeRules {
  readonly audience: Audience;
  /** OAuth 2.0 scopes of the account's token, where one is needed. */
  readonly scopes: readonly string[];
  /** Whether `direction` narrows it. */
  readonly directed: boolean;
}

type Rule = readonly [pattern: RegExp, rules: TypeRules];

const open: TypeRules = { audience: 'public', scopes: [], directed: false };
const readable = (...scopes: readonly string[]): TypeRules => ({ audience: 'private', scopes, directed: false });

/** First match wins; what matches none is public. */
const rules: readonly Rule[] = [
  [/^post\.(mention|reply|quote|repost)\./, readable('tweet.read')],
  [/^like\./, { ...readable('like.read'), directed: true }],
  [/^follow\./, { audience: 'either', scopes: ['tweet.read'], directed: true }],
  [/^(dm|chat)\./, readable('dm.read')],
  [/^mute\./, readable('mute.read')],
  [/^block\./, readable('block.read')],
  // The documentation wants broadcast.read, the OpenAPI description tweet.read.
  [/^broadcast\.chat$/, readable('broadcast.read', 'tweet.read')],
];

export function rulesOf(type: SubscribableType): TypeRules {
  return rules.find(([pattern]) => pattern.test(type))?.[1] ?? open;
}

/** Whether the Account Activity API delivers it. */
export const isInAccountActivity = (type: SubscribableType): boolean => isAaaType(type);

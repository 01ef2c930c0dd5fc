import { type AaaEventKey, aaaEventTypes, isAaaEventKey, isKnownType, typeOfXaaName } from '../event-types.ts';
import { isSubscribable, type SubscribableType, subscribableTypes } from './subscribable-types.ts';

const startingWith = (...prefixes: readonly string[]) =>
  subscribableTypes.filter((type) => prefixes.some((prefix) => type.startsWith(prefix)));

/** Names for groups of event types. `all`: whatever an account can be subscribed to; news has a keyword instead. */
export const families = {
  posts: startingWith('post.'),
  likes: startingWith('like.'),
  follows: startingWith('follow.'),
  dms: startingWith('dm.'),
  chats: startingWith('chat.'),
  profile: startingWith('profile.'),
  spaces: startingWith('spaces.'),
  broadcasts: startingWith('broadcast.'),
  mutes: startingWith('mute.'),
  blocks: startingWith('block.'),
  all: subscribableTypes.filter((type) => type !== 'news.new'),
} as const satisfies Readonly<Record<string, readonly SubscribableType[]>>;

const isFamily = (name: string): name is keyof typeof families => Object.hasOwn(families, name);

/** The documentation lists three more names of Account Activity events, though their bodies come under the first's key. */
const documentedKeys: Readonly<Record<string, AaaEventKey>> = {
  unfollow_events: 'follow_events',
  unblock_events: 'block_events',
  unmute_events: 'mute_events',
};

/** What may stand in `events`. */
export const eventNames: readonly string[] = [
  ...Object.keys(families),
  ...subscribableTypes,
  ...Object.keys(aaaEventTypes).filter((key) => key !== 'user_event.revoke'),
  ...Object.keys(documentedKeys),
];

export type EventNameReading =
  | { readonly kind: 'types'; readonly types: readonly SubscribableType[] }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'unknown' };

/** A type, a family or an Account Activity name as types. */
export function readEventName(name: string): EventNameReading {
  if (isFamily(name)) return { kind: 'types', types: families[name] };
  const key = documentedKeys[name] ?? name;
  const types = isAaaEventKey(key) ? aaaEventTypes[key] : [typeOfXaaName(key)].filter(isKnownType);
  if (types.length === 0) return { kind: 'unknown' };
  const found = types.filter(isSubscribable);
  return found.length > 0 ? { kind: 'types', types: found } : { kind: 'refused', why: whyNot(name) };
}

function whyNot(name: string): string {
  return name.startsWith('chat.')
    ? 'X has announced it and takes no subscription to it yet; leave it out'
    : 'X sends it by itself when an account revokes the app; leave it out';
}

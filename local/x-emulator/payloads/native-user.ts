import type { Account } from './account.ts';
import { nativeTime } from './times.ts';

const picture = 'https://pbs.twimg.com/profile_images/1500000000000000000/made-up_normal.jpg';

/** The v1.1 user object of AAA bodies. `id` is rounded as X rounds it: only `id_str` is exact. */
export function toNativeUser(account: Account) {
  return {
    id: Number(account.id),
    id_str: account.id,
    name: account.name,
    screen_name: account.username,
    location: account.location,
    url: null,
    description: account.bio,
    translator_type: 'none',
    protected: false,
    verified: account.verified,
    followers_count: account.followers,
    friends_count: account.following,
    listed_count: account.followers % 100,
    favourites_count: account.likes,
    statuses_count: account.posts,
    created_at: nativeTime(account.joinedAtMs),
    utc_offset: null,
    time_zone: null,
    geo_enabled: false,
    lang: null,
    contributors_enabled: false,
    is_translator: false,
    profile_image_url_https: picture,
    default_profile: true,
    default_profile_image: false,
    following: null,
    follow_request_sent: null,
    notifications: null,
  };
}

/** The smaller user object of the `users` map beside AAA direct messages. */
export function toMessageUser(account: Account) {
  return {
    id: account.id,
    created_timestamp: String(account.joinedAtMs),
    name: account.name,
    screen_name: account.username,
    location: account.location,
    description: account.bio,
    protected: false,
    verified: account.verified,
    followers_count: account.followers,
    friends_count: account.following,
    statuses_count: account.posts,
    profile_image_url_https: picture,
  };
}

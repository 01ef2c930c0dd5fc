import type { Account } from './account.ts';
import { isoSecond } from './times.ts';
import { withTwins } from './twins.ts';

/** The v2 user object of XAA and filtered-stream bodies. */
export function toUser(account: Account) {
  return {
    id: account.id,
    name: account.name,
    username: account.username,
    description: account.bio,
    location: account.location,
    url: '',
    protected: false,
    verified: account.verified,
    verified_type: account.verified ? 'blue' : 'none',
    is_identity_verified: false,
    created_at: isoSecond(account.joinedAtMs),
    profile_image_url: 'https://pbs.twimg.com/profile_images/1500000000000000000/made-up_normal.jpg',
    public_metrics: withTwins({
      followers_count: account.followers,
      following_count: account.following,
      tweet_count: account.posts,
      listed_count: account.followers % 100,
      like_count: account.likes,
      media_count: account.posts % 300,
    }),
  };
}

/** Most XAA payloads carry their users inside `{ data }` (docs.x.com activity event payloads). */
export function toWrappedUser(account: Account) {
  return { data: toUser(account) };
}

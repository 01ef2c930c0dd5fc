import { objectId, unwrapped } from './ids.ts';
import { member } from './json.ts';
import { referencedIds } from './posts.ts';

export function idsOf(posts: readonly unknown[]): readonly string[] {
  return posts.flatMap((post) => objectId(post) ?? []);
}

/**
 * The ids of posts whose content travels inside a post: what it reposts or quotes, at any depth (v1.1), and what it
 * refers to as reposted or quoted (v2). A post it answers is not inside it.
 */
export function postsInside(value: unknown): readonly string[] {
  const post = unwrapped(value);
  const nested = [member(post, 'retweeted_status'), member(post, 'quoted_status')].filter((inner) => inner != null);
  return [
    ...idsOf(nested),
    ...nested.flatMap(postsInside),
    ...referencedIds(post, 'retweeted'),
    ...referencedIds(post, 'quoted'),
  ];
}

import { idsOf, postsInside } from './carried-posts.ts';
import type { EventDraft } from './event-draft.ts';
import { id } from './ids.ts';
import { type JsonObject, list, member } from './json.ts';
import { readPost } from './posts.ts';

/** The post of a filtered-stream webhook body (docs.x.com webhooks/stream): `data` is the post, `matching_rules` say why it came. */
export function splitFilteredStream(body: JsonObject): readonly EventDraft[] {
  const postId = id(member(body.data, 'id'));
  if (postId === undefined || !Array.isArray(body.matching_rules)) return [];
  const includes = list(member(body, 'includes', 'tweets'));
  const post = readPost(body.data, includes);
  return [
    {
      product: 'filtered_stream',
      type: 'post.create',
      wireType: 'filtered_stream',
      actor: post.author,
      target: post.repostedUser ?? post.quotedUser ?? post.repliedUser,
      postId,
      conversationId: post.conversationId,
      subject: [postId],
      times: [post.createdAt],
      createdId: postId,
      carriedPostIds: [...idsOf(includes), ...postsInside(body.data)],
      content: body,
    },
  ];
}

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compactJson } from '../../shared/domain/compact-json.ts';
import type { FoundEvent } from '../../shared/domain/event.ts';
import { eventTypes } from '../../shared/domain/event-types.ts';
import { member } from '../../shared/domain/json.ts';
import { assertFound } from './found.ts';
import { ada, ben, cleo, exampleApp, like, messages, posts } from './people-and-posts.ts';
import { fixture, splitOne } from './split.ts';

const benToAda = { actor: ben, target: ada };
const adaToBen = { actor: ada, target: ben };
const inGroup = { actor: ben, conversationId: 'g1900000000000000009' };
const inPair = { conversationId: `${ben}:${ada}` };
const chatted = { ...inPair, occurredAt: '2026-10-05T09:10:00.370Z' };
const inEnvelope = { occurredAt: '2026-10-05T08:37:00.178Z', occurredAtSource: 'envelope' } as const;

function post(id: string, minute: number, conversationId = id) {
  const occurredAt = `2026-10-05T08:${minute}:00.000Z`;
  return { subject: id, postId: id, conversationId, activityKey: `post:${id}`, occurredAt };
}

/** `subject`: the last part of the id where it is not the envelope's uuid. */
type Row = Partial<Omit<FoundEvent, 'eventId' | 'subjectId'>> & { readonly subject?: string };

const kinds: Readonly<Record<string, Row>> = {
  'post.create': { ...post(posts.own, 30), actor: ada, target: cleo, carriedPostIds: [posts.older] },
  'post.delete': {
    subject: posts.older,
    actor: ada,
    postId: posts.older,
    activityKey: `post.delete:${posts.older}`,
  },
  'post.mention.create': { ...post(posts.mention, 34), ...benToAda },
  'post.reply.create': { ...post(posts.reply, 31, posts.own), ...benToAda },
  'post.quote.create': { ...post(posts.quote, 32), ...benToAda, carriedPostIds: [posts.own] },
  'post.repost.create': { ...post(posts.repost, 33), ...benToAda, carriedPostIds: [posts.own] },
  'like.create.outbound': {
    subject: like,
    actor: ada,
    target: cleo,
    postId: posts.older,
    activityKey: `like:${ada}:${posts.older}`,
    occurredAt: '2026-10-05T08:36:00.140Z',
  },
  'like.create.inbound': {
    subject: like.replace('0a', 'ff'),
    ...benToAda,
    postId: posts.own,
    activityKey: `like:${ben}:${posts.own}`,
    occurredAt: '2026-10-05T08:36:00.140Z',
  },
  'follow.follow': benToAda,
  'follow.unfollow': benToAda,
  'mute.mute': { ...adaToBen, ...inEnvelope },
  'mute.unmute': { ...adaToBen, ...inEnvelope },
  'block.block': { ...adaToBen, ...inEnvelope },
  'block.unblock': { ...adaToBen, ...inEnvelope },
  'profile.update.bio': {},
  'profile.update.profile_picture': {},
  'profile.update.banner_picture': {},
  'profile.update.screenname': {},
  'profile.update.geo': {},
  'profile.update.url': {},
  'profile.update.handle': {},
  'profile.update.verified_badge': {},
  'profile.update.affiliate_badge': {},
  'dm.received': {
    subject: messages.received,
    ...benToAda,
    activityKey: `dm:${messages.received}`,
    occurredAt: '2026-10-05T09:00:00.500Z',
  },
  'dm.sent': {
    subject: messages.sent,
    ...adaToBen,
    activityKey: `dm:${messages.sent}`,
    occurredAt: '2026-10-05T09:01:00.500Z',
  },
  'dm.indicate_typing': { ...benToAda, occurredAt: '2026-10-05T09:02:00.443Z' },
  'dm.read': { ...benToAda, occurredAt: '2026-10-05T09:03:00.100Z' },
  'chat.received': { subject: '0f9e8d7c-1111-4222-8333-444455556666', ...benToAda, ...chatted },
  'chat.sent': { subject: '0f9e8d7c-1111-4222-8333-444455557777', ...adaToBen, ...chatted },
  'chat.read': { ...benToAda, ...inPair },
  'chat.indicate_typing': { ...benToAda, ...inPair },
  'chat.conversation.join': inGroup,
  'chat.conversation.member_added': inGroup,
  'chat.conversation.member_removed': inGroup,
  'chat.conversation.admin_added': inGroup,
  'chat.conversation.admin_removed': inGroup,
  'chat.update.group_name': inGroup,
  'chat.update.restrictions': inGroup,
  'news.new': {
    subject: '2107002848670646281~2026-10-05T07%3A30%3A00.000Z',
    account: 'event gaps',
    occurredAt: '2026-10-05T07:30:00.000Z',
  },
  'spaces.start': { subject: '1qxExampleSpace', actor: ada },
  'spaces.end': { subject: '1qxExampleSpace', actor: ada },
  'broadcast.start': { subject: '1a2bExample', actor: ada, occurredAt: '2026-10-05T10:00:03.500Z' },
  'broadcast.end': { subject: '1a2bExample', actor: ada, occurredAt: '2026-10-05T10:30:07.400Z' },
  'broadcast.chat': { subject: '2090000000000000044', actor: ben },
  'oauth.revoke': {
    actor: ada,
    target: exampleApp,
    activityKey: `oauth.revoke:${ada}:${exampleApp}:2026-10-05T09:04:00.000Z`,
    occurredAt: '2026-10-05T09:04:00.000Z',
  },
};

describe('an X Activity API body', () => {
  for (const [name, { subject, ...expected }] of Object.entries(kinds)) {
    test(`${name} is read`, () => {
      const body = fixture(`xaa/${name}`);
      const type = name.replace(/\.(in|out)bound$/, '');
      const eventUuid = String(member(JSON.parse(body), 'data', 'event_uuid'));
      const account = encodeURIComponent(expected.account ?? ada);

      const eventId = `default:xaa:${type}:${account}:${subject ?? eventUuid}`;
      const common = { product: 'xaa', account: ada, eventUuid, type, wireType: type } as const;
      assertFound(splitOne(body), { ...common, ...expected, eventId });
      assert.equal(splitOne(body).payload, compactJson(body));
    });
  }

  test('is read for every type of the catalogue', () => {
    const read = new Set(Object.keys(kinds).map((name) => name.replace(/\.(in|out)bound$/, '')));
    assert.deepEqual(new Set(eventTypes), read);
  });
});

import { makeXaaBroadcast, makeXaaBroadcastChat, makeXaaSpace } from '../payloads/xaa-live.ts';
import { makeXaaNews } from '../payloads/xaa-news.ts';
import { randomHex } from '../random.ts';
import type { Scene } from './scene.ts';
import type { XaaMake, XaaMakers } from './xaa-make.ts';

function broadcastIdOf({ random }: Scene): string {
  return `1${randomHex(random, 12)}`;
}

function space(edge: 'start' | 'end'): XaaMake {
  return (scene, envelope) => {
    const broadcastId = broadcastIdOf(scene);
    return { subject: broadcastId, body: makeXaaSpace({ ...envelope, edge, host: scene.account, broadcastId }) };
  };
}

function broadcast(edge: 'start' | 'end'): XaaMake {
  return (scene, envelope) => {
    const broadcastId = broadcastIdOf(scene);
    const parts = { host: scene.account, broadcastId, atMs: scene.atMs, title: scene.seed(scene.account).text };
    return { subject: broadcastId, body: makeXaaBroadcast({ ...envelope, ...parts, edge }) };
  };
}

export const xaaPublic = {
  'spaces.start': space('start'),
  'spaces.end': space('end'),
  'broadcast.start': broadcast('start'),
  'broadcast.end': broadcast('end'),
  'broadcast.chat': (scene, envelope) => {
    const sender = scene.stranger;
    const parts = { host: scene.account, broadcastId: broadcastIdOf(scene), messageId: scene.id, sender };
    const { text } = scene.seed(sender);
    return { subject: scene.id, body: makeXaaBroadcastChat({ ...envelope, ...parts, text }) };
  },
  'news.new': ({ id, account, atMs, seed, oldPost }, { filter, ...envelope }) => {
    const summary = `${filter.keyword}: ${seed(account).text}`;
    const story = { id, updatedAtMs: atMs, name: `What is new about ${filter.keyword}`, summary };
    const postIds = [oldPost(account).id, oldPost(account).id];
    return { subject: id, body: makeXaaNews({ ...envelope, filter, ...story, postIds, eventUuid: id }) };
  },
} as const satisfies XaaMakers;

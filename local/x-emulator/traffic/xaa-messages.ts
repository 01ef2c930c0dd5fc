import { type ConversationChange, makeXaaChatConversation, makeXaaChatMessage } from '../payloads/xaa-chat.ts';
import { makeXaaDirectMessage, makeXaaMessageRead, makeXaaTyping } from '../payloads/xaa-direct-messages.ts';
import { randomHex, randomUuid } from '../random.ts';
import { pairOf, type Scene } from './scene.ts';
import type { XaaMake, XaaMakers } from './xaa-make.ts';

function peopleOf(scene: Scene, direction?: string) {
  const { source, target } = pairOf(scene, direction);
  return { sender: source, recipient: target };
}

function message(type: 'dm.sent' | 'dm.received', direction: string): XaaMake {
  return (scene, envelope) => {
    const people = peopleOf(scene, direction);
    const written = { ...scene.seed(people.sender), ...people };
    return { subject: scene.id, body: makeXaaDirectMessage({ ...envelope, type, message: written }) };
  };
}

function chatMessage(type: 'chat.sent' | 'chat.received', direction: string): XaaMake {
  return (scene, envelope) => {
    const id = randomUuid(scene.random);
    const encodedEvent = Buffer.from(randomHex(scene.random, 60)).toString('base64');
    const parts = { ...peopleOf(scene, direction), id, atMs: scene.atMs, encodedEvent };
    return { subject: id, body: makeXaaChatMessage({ ...envelope, ...parts, type }) };
  };
}

function conversation(type: ConversationChange): XaaMake {
  return (scene, envelope) => {
    const id = randomUuid(scene.random);
    const parts = { ...peopleOf(scene), id, atMs: scene.atMs };
    return { subject: id, body: makeXaaChatConversation({ ...envelope, ...parts, type }) };
  };
}

export const xaaMessages = {
  'dm.sent': message('dm.sent', 'outbound'),
  'dm.received': message('dm.received', 'inbound'),
  'dm.indicate_typing': (scene, envelope) => {
    const signal = { ...peopleOf(scene), atMs: scene.atMs };
    const subject = [signal.sender.id, signal.recipient.id, signal.atMs].join('-');
    return { subject, body: makeXaaTyping({ ...envelope, signal }) };
  },
  'dm.read': (scene, envelope) => {
    const signal = { ...peopleOf(scene), atMs: scene.atMs };
    return { subject: scene.id, body: makeXaaMessageRead({ ...envelope, signal, lastReadId: scene.id }) };
  },
  'chat.sent': chatMessage('chat.sent', 'outbound'),
  'chat.received': chatMessage('chat.received', 'inbound'),
  'chat.conversation.join': conversation('chat.conversation.join'),
  'chat.conversation.member_added': conversation('chat.conversation.member_added'),
  'chat.conversation.member_removed': conversation('chat.conversation.member_removed'),
  'chat.conversation.admin_added': conversation('chat.conversation.admin_added'),
  'chat.conversation.admin_removed': conversation('chat.conversation.admin_removed'),
  'chat.update.group_name': conversation('chat.update.group_name'),
  'chat.update.restrictions': conversation('chat.update.restrictions'),
} as const satisfies XaaMakers;

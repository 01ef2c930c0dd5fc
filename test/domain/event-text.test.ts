import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventText } from '../../shared/domain/event-text.ts';
import { ada } from './people-and-posts.ts';
import { fixture, splitOne } from './split.ts';

const textOf = (body: unknown) => eventText(splitOne(body));

describe('the text of an event', () => {
  const texts: Readonly<Record<string, string | undefined>> = {
    'aaa/tweet_create_events.post':
      'A long post about gaps that is cut after one hundred and forty characters, as X cuts every long post in this shape, so that the end is missing here but not there.',
    'aaa/tweet_create_events.mention': 'Hello @ada_example',
    'aaa/tweet_create_events.repost': 'RT @ada_example: Look at this',
    'aaa/direct_message_events.sent': 'Yes.',
    'aaa/favorite_events': undefined,
    'xaa/post.create': 'A long post, cut here and whole there.',
    'xaa/post.reply.create': '@ada_example Why?',
    'xaa/dm.received': 'Are you there?',
    'xaa/chat.received': undefined,
    'xaa/news.new': 'A story about gaps in event streams.',
    'xaa/broadcast.start': 'Gaps, live',
    'xaa/broadcast.chat': 'First!',
    'xaa/post.delete': undefined,
    'other/filtered_stream': 'Worth a read',
  };
  for (const [name, expected] of Object.entries(texts)) {
    test(`of ${name} is what people wrote`, () => assert.equal(textOf(fixture(name)), expected));
  }

  test('is found in every shape that is accepted', () => {
    const envelope = (event_type: string, payload: unknown) => ({ event_type, payload });
    assert.equal(textOf({ data: [envelope('post.create', { data: { text: 'wrapped' } })] }), 'wrapped');
    assert.equal(textOf({ data: envelope('dm.sent', { id: '1', sender_id: ada, text: 'flat' }) }), 'flat');
    assert.equal(textOf({ for_user_id: ada, tweet_create_events: [{ full_text: 'full' }] }), 'full');
  });

  test('is absent where there is none to read', () => {
    assert.equal(textOf('not json'), undefined);
    assert.equal(textOf({ data: { event_type: 'toString', payload: { text: 'x' } } }), undefined);
    assert.equal(textOf({ data: { event_type: 'post.create', payload: null } }), undefined);
    assert.equal(eventText({ type: 'post.create', payload: '"text"', payloadFormat: 'json' }), undefined);
  });
});

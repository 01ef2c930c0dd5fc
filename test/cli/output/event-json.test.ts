import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { eventJson } from '../../../cli/output/event-json.ts';
import { sampleEvent } from './sample-event.ts';

describe('an event as JSON', () => {
  test('carries the payload with every digit as stored', () => {
    const payload = '{"id":12345678901234567890,"one":1.0,"minus":-0,"big":1E400,"deep":[[{"a":"\\u0041\\/"}]]}';

    const line = eventJson(sampleEvent({ payload }), false);

    assert.ok(line.endsWith(`,"payload":${payload}}`));
  });

  test('is one line, also when the payload was sent over several', () => {
    const line = eventJson(sampleEvent({ payload: '{\r\n  "a": [\n    1.50\n  ]\n}\n' }), false);

    assert.doesNotMatch(line, /[\r\n]/);
    assert.match(line, /"a": \[ +1\.50 +\]/);
    assert.doesNotThrow(() => JSON.parse(line));
  });

  test('holds every value of any payload, and no character that commands a terminal', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const payload = JSON.stringify(value, undefined, indent);

        const line = eventJson(sampleEvent({ payload }), false);

        assert.doesNotMatch(line, /[\p{Cc}\u2028\u2029]/u);
        assert.deepEqual(JSON.parse(line).payload, JSON.parse(payload));
      }),
    );
  });

  test('has a payload that is not JSON as a string', () => {
    const text = eventJson(sampleEvent({ payload: 'not "JSON"\u001b[2J', payloadFormat: 'text' }), false);
    const base64 = eventJson(sampleEvent({ payload: '/wA=', payloadFormat: 'base64' }), false);

    assert.equal(JSON.parse(text).payload, 'not "JSON"\u001b[2J');
    assert.doesNotMatch(text, /\p{Cc}/u);
    assert.deepEqual([JSON.parse(base64).payload, JSON.parse(base64).payloadFormat], ['/wA=', 'base64']);
  });

  test('has every other field under its own name', () => {
    const event = sampleEvent({ target: '88', activityKey: 'post:1', eventUuid: '9', conversationId: '7' });

    const parsed = JSON.parse(eventJson(event, false));

    assert.deepEqual(parsed, { ...event, payload: JSON.parse(event.payload) });
  });
});

describe('a private event as JSON', () => {
  const privates = [
    sampleEvent({ type: 'dm.received', wireType: 'direct_message_events' }),
    sampleEvent({ type: 'dm.indicate_typing', wireType: 'direct_message_indicate_typing_events' }),
    sampleEvent({ type: 'chat.received', wireType: 'chat.received' }),
    sampleEvent({ type: 'unknown', wireType: 'direct_message_reaction_events', product: 'aaa' }),
  ];
  for (const event of privates) {
    test(`comes without text and payload: ${event.type} of ${event.wireType}`, () => {
      const { text: _text, payload: _payload, ...rest } = event;

      assert.deepEqual(JSON.parse(eventJson(event, false)), rest);
    });

    test(`comes whole when asked for: ${event.type} of ${event.wireType}`, () => {
      assert.deepEqual(JSON.parse(eventJson(event, true)), { ...event, payload: JSON.parse(event.payload) });
    });
  }

  test('is not a public one whose name begins alike', () => {
    assert.ok(
      'text' in JSON.parse(eventJson(sampleEvent({ type: 'chatter.create', wireType: 'chatter.create' }), false)),
    );
  });
});

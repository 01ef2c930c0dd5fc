import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { maxDepth } from '../../shared/domain/json.ts';
import { ada } from './people-and-posts.ts';
import { sha256Hex, split, splitOne } from './split.ts';

describe('a body of no known shape', () => {
  test('is one unknown event that keeps it', () => {
    for (const body of ['{"a": 1.0}', '[]', '[{"for_user_id": "1"}]', '"text"', 'null', '12345678901234567890', '{}']) {
      const event = splitOne(body);
      assert.deepEqual(
        [event.product, event.type, event.wireType, event.account],
        ['unknown', 'unknown', 'unknown', undefined],
      );
      assert.deepEqual([event.payload, event.payloadFormat], [body.replaceAll(' ', ''), 'json']);
      assert.deepEqual([event.occurredAtSource, event.carriedPostIds], ['received', []]);
      assert.match(event.eventId, /^default:unknown:unknown:-:h-[0-9a-f]{64}$/);
    }
  });

  test('is one unknown event when its event keys hold nothing', () => {
    for (const members of [{ follow_events: [] }, { user_event: {} }, { follow_events: [], x_events: [] }]) {
      const body = { for_user_id: ada, ...members };
      assert.deepEqual([splitOne(body).type, splitOne(body).payload], ['unknown', JSON.stringify(body)]);
    }
    assert.equal(splitOne({ data: [] }).type, 'unknown');
  });

  test('keeps text that is not JSON, a byte order mark included', () => {
    for (const body of ['not json', '{"a":1', '\uFEFF{"a":1}', '\r\n']) {
      const event = splitOne(body);
      assert.deepEqual([event.payload, event.payloadFormat], [body, 'text']);
    }
  });

  test('keeps an empty body', () => {
    const event = splitOne('');
    assert.deepEqual([event.type, event.payload, event.payloadFormat], ['unknown', '', 'text']);
  });

  test('keeps bytes that are not UTF-8 as base64', () => {
    const bytes = Uint8Array.of(0xff, 0x00, 0xc3).subarray(0, 2);
    const event = splitOne(bytes);
    assert.deepEqual([event.payload, event.payloadFormat], ['/wA=', 'base64']);
  });

  test('is told apart from another one that reads the same', () => {
    const text = splitOne('/wA=');
    const bytes = splitOne(Uint8Array.of(0xff, 0x00));
    const json = splitOne('"/wA="');
    assert.equal(new Set([text.eventId, bytes.eventId, json.eventId]).size, 3);
  });

  test('may be nested deeper than any stack', () => {
    const nested = (depth: number) => `{"data": ${'['.repeat(depth)}${']'.repeat(depth)}}`;
    assert.equal(splitOne(nested(maxDepth - 1)).payloadFormat, 'json');
    for (const depth of [maxDepth, 100_000]) {
      const event = splitOne(nested(depth));
      assert.deepEqual([event.type, event.payloadFormat], ['unknown', 'json']);
      assert.equal(event.payload, nested(depth).replace(' ', ''));
    }
    assert.equal(splitOne('['.repeat(100_000)).payloadFormat, 'text');
  });

  test('does not reach the prototype of anything', () => {
    split('{"__proto__":{"for_user_id":"1","follow_events":[{}]},"a":{"__proto__":{"polluted":true}}}');
    assert.equal('polluted' in {}, false);
    assert.equal(splitOne('{"__proto__":{"for_user_id":"1","follow_events":[{}]}}').product, 'unknown');
  });

  test('is recognised by its content without what varies between deliveries', () => {
    const stable = splitOne({ kind: 'new', value: 1 }).eventId;
    const counters = { like_count: 3, like_count_str: '3', public_metrics: { likes: 3 } };
    const varied = { meta: { n: 1 }, tag: 't', users: {}, apps: [], includes: 1, direction: 'in', ...counters };
    assert.equal(splitOne({ ...varied, value: 1, kind: 'new' }).eventId, stable);
    assert.notEqual(splitOne({ kind: 'new', value: 2 }).eventId, stable);
    assert.notEqual(splitOne({ like_count: 1 }).eventId, splitOne({ like_count: 2 }).eventId);
    assert.notEqual(splitOne({ data: { users: [1] } }).eventId, splitOne({ data: { users: [2] } }).eventId);
  });

  test('is told by the hash of its canonical JSON', () => {
    assert.equal(
      splitOne('{"b": [1.0, {"d":0, "c":"é"}], "a": null}').subjectId,
      `h-${sha256Hex('{"a":null,"b":[1.0,{"c":"é","d":0}]}')}`,
    );
  });
});

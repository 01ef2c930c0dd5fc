import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fromItem, itemBytes, toItem } from '../../../shared/aws/event-item.ts';
import { foundEvent } from './stored-parts.ts';

const optional = ['account', 'actor', 'target', 'postId', 'conversationId', 'activityKey', 'eventUuid'] as const;

describe('an item of the events table', () => {
  test('gives back the event that it was made from, whatever is missing from it', () => {
    const texts = fc.record(Object.fromEntries(optional.map((name) => [name, fc.string({ unit: 'grapheme' })])), {
      requiredKeys: [],
    });
    const formats = fc.constantFrom('json', 'text', 'base64');
    fc.assert(
      fc.property(texts, formats, fc.string({ unit: 'grapheme' }), (given, payloadFormat, payload) => {
        const { account, ...bare } = foundEvent({ payloadFormat, payload });
        const { carriedPostIds, ...kept } = { ...bare, ...given };
        const {
          position,
          deliveryId,
          payload: stored,
          ...read
        } = fromItem(toItem({ ...bare, ...given }, 'delivery-1'));
        assert.deepEqual({ ...read, payload: 'text' in stored && stored.text }, { ...kept });
        assert.equal(deliveryId, 'delivery-1');
      }),
    );
  });

  test('holds a packed payload as bytes, and not as text', () => {
    const packed = { packed: new Uint8Array([1, 2, 3]) };
    const item = toItem(foundEvent({ payload: 'long' }), 'delivery-1', packed);
    assert.deepEqual(fromItem(item).payload, packed);
    assert.ok(!JSON.stringify(item).includes('long'));
  });

  test('names the place of a payload that lies elsewhere, and does not hold it', () => {
    const item = toItem(foundEvent({ payload: 'large' }), 'delivery-1', { key: 'payloads/a/b' });
    assert.deepEqual(fromItem(item).payload, { key: 'payloads/a/b' });
    assert.ok(!JSON.stringify(item).includes('large'));
  });

  test('has no lone surrogate in an attribute, which DynamoDB would refuse', () => {
    assert.equal(fromItem(toItem(foundEvent({ actor: 'a\ud800b' }), 'd')).actor, 'a\ufffdb');
  });

  test('of an event without an account is in no account’s index', () => {
    const { account, ...nobodys } = foundEvent();
    assert.equal(toItem(nobodys, 'd').accountShard, undefined);
  });

  test('is as large as its names and values in UTF-8', () => {
    assert.equal(itemBytes({ ab: { S: 'é' }, c: { S: '' }, d: { B: new Uint8Array(5) } }), 2 + 2 + 1 + 1 + 5);
  });

  for (const [name, change] of [
    ['lacks its time', { occurredAt: undefined }],
    ['has a product of the future', { product: { S: 'yaa' } }],
  ] as const) {
    test(`that ${name} is refused with the event's id and what to do`, () => {
      const item = Object.fromEntries(
        Object.entries({ ...toItem(foundEvent(), 'd'), ...change }).flatMap(([key, value]) =>
          value === undefined ? [] : [[key, value]],
        ),
      );
      assert.throws(() => fromItem(item), {
        code: 'ITEM_MALFORMED',
        message: /default:xaa:like\.create:9001:like-1 .*update/,
      });
    });
  }
});

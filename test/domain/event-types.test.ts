import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aaaEventTypes, eventTypes, isAaaType, isKnownType } from '../../shared/domain/event-types.ts';

describe('the catalogue of types', () => {
  test('knows its names and no others', () => {
    for (const type of eventTypes) assert.equal(isKnownType(type), true);
    for (const type of ['unknown', '', 'constructor', 'chat.conversation_join', 'favorite_events']) {
      assert.equal(isKnownType(type), false);
    }
    assert.equal(new Set(eventTypes).size, eventTypes.length);
  });

  test('maps the Account Activity API to it', () => {
    for (const type of Object.values(aaaEventTypes).flat()) assert.equal(isKnownType(type) && isAaaType(type), true);
    assert.equal(isAaaType('news.new'), false);
  });
});

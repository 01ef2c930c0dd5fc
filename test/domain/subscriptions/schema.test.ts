import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import { member } from '../../../shared/domain/json.ts';
import { families, readEventName } from '../../../shared/domain/subscriptions/event-names.ts';
import { readJsonc } from '../../../shared/domain/subscriptions/jsonc.ts';
import { parseSubscriptionsFile } from '../../../shared/domain/subscriptions/parse-file.ts';
import { subscribableTypes } from '../../../shared/domain/subscriptions/subscribable-types.ts';

const docs = join(import.meta.dirname, '../../../docs');
const schema: unknown = JSON.parse(await readFile(join(docs, 'subscriptions.schema.json'), 'utf8'));
const isValid = new Ajv().compile(Object(schema));
const guide = await readFile(join(docs, 'subscriptions.md'), 'utf8');

describe('the published schema', () => {
  const entry = { id: '7', events: ['posts'] };
  for (const accounts of [
    [entry, { keyword: 'k', tag: 't' }],
    [{ ...entry, app: 'eu', product: 'xaa', tag: 't' }],
    [{ ...entry, product: 'aaa' }],
    [{ id: '7', event_types: ['tweet_create_events', 'unfollow_events'] }],
    [{ id: '7', events: ['likes'], direction: 'inbound' }],
    [{ ...entry, id: 7 }],
    [{ ...entry, id: 'jack' }],
    [{ ...entry, event_types: ['posts'] }],
    [{ ...entry, other: 1 }],
    [{ ...entry, direction: 'in' }],
    [{ ...entry, app: 'EU' }],
    [{ id: '7', events: [] }],
    [{ id: '7', events: ['like'] }],
    [{ id: '7', events: ['news.new'] }],
    [{ keyword: '' }],
    [{ keyword: 'k', events: ['posts'] }],
  ]) {
    const text = JSON.stringify({ accounts });
    test(`agrees with the reader about ${text}`, () => {
      assert.equal(isValid({ accounts }), parseSubscriptionsFile(text).kind === 'wanted');
    });
  }

  test('takes every name that stands for types of an account, and no other', () => {
    const names = member(schema, 'definitions', 'events', 'items', 'enum');
    assert.ok(Array.isArray(names));
    const readable = [...Object.keys(families), ...subscribableTypes].filter((name) => name !== 'news.new');
    for (const name of readable) assert.ok(names.includes(name), name);
    for (const name of names) assert.equal(readEventName(String(name)).kind, 'types', String(name));
  });
});

describe('docs/subscriptions.md', () => {
  test('has an example that the schema and the reader take', () => {
    const [, example = ''] = /```jsonc\n([\s\S]*?)```/.exec(guide) ?? [];
    const json = readJsonc(example);

    assert.ok(json.kind === 'json' && isValid(json.value));
    assert.equal(parseSubscriptionsFile(example).kind, 'wanted');
  });

  test('tells of every family', () => {
    for (const family of Object.keys(families)) assert.match(guide, new RegExp(`^\\|.*\`${family}\``, 'm'));
  });
});

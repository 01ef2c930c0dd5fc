import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { toXBytes } from '../../../../local/x-emulator/payloads/x-json.ts';
import { seededRandom } from '../../../../local/x-emulator/random.ts';
import { type BodyRules, replayedBody } from '../../../../local/x-emulator/replay/replayed-body.ts';

const plain: BodyRules = { mark: 'none', eventUuid: 'same', labels: 'same', text: 'same' };

function replay(body: string | Uint8Array, rules: Partial<BodyRules>): string {
  return Buffer.from(replayedBody(Buffer.from(body), { ...plain, ...rules }, seededRandom(1))).toString();
}

const xaa = '{"data":{"event_uuid":"-5","filter":{"user_id":"1","direction":"inbound"},"event_type":"like.create"}}';
const aaa = '{"for_user_id":"1","follow_events":[{"type":"follow","n":1.0,"id":12345678901234567890}]}';

describe('a replayed body', () => {
  test('is marked where its product is', () => {
    const marked = (body: string, mark: BodyRules['mark']) => replay(body, { mark }) !== body;

    assert.deepEqual([marked(xaa, 'xaa'), marked(xaa, 'all'), marked(xaa, 'none')], [true, true, false]);
    assert.deepEqual([marked(aaa, 'xaa'), marked(aaa, 'all'), marked(aaa, 'none')], [false, true, false]);
    assert.deepEqual(JSON.parse(replay(xaa, { mark: 'xaa' })), { ...JSON.parse(xaa), meta: { replay: true } });
  });

  test('keeps every digit and X’s escapes under its mark', () => {
    const body = '{"n":1.0,"id":12345678901234567890,"text":"caf\\u00e9 \\/"}';

    assert.equal(replay(body, { mark: 'all' }), `${body.slice(0, -1)},"meta":{"replay":true}}`);
  });

  test('keeps what was in its meta', () => {
    assert.equal(replay('{"meta":{"a":1}}', { mark: 'all' }), '{"meta":{"a":1,"replay":true}}');
  });

  test('can have another event_uuid, tag and direction, and no other difference', () => {
    const { data } = JSON.parse(replay(xaa, { eventUuid: 'changed', labels: 'changed' }));

    assert.notEqual(data.event_uuid, '-5');
    assert.match(data.event_uuid, /^-?\d+$/);
    const labels = { tag: 'changed', filter: { user_id: '1', direction: 'outbound' } };
    assert.deepEqual(data, { ...JSON.parse(xaa).data, event_uuid: data.event_uuid, ...labels });
    assert.equal(replay(aaa, { eventUuid: 'changed', labels: 'changed' }), aaa);
  });

  test('can be the same value in other bytes', () => {
    const rewritten = replay(aaa, { text: 'rewritten' });

    assert.match(rewritten, /^\{\n {2}"follow_events"/);
    assert.match(rewritten, /"id": 12345678901234567890,\n\s+"n": 1\.0,/);
  });

  test('is the same value whatever the bytes, for any object', () => {
    const values = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }));
    fc.assert(
      fc.property(values, (value) => {
        const rewritten = replay(toXBytes(value), { text: 'rewritten' });
        assert.deepEqual(JSON.parse(rewritten), JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  for (const body of ['', 'not JSON', '[1]', '"text"']) {
    test(`stays as it is when it is ${body || 'empty'}`, () => {
      assert.equal(replay(body, { mark: 'all', text: 'rewritten' }), body);
    });
  }

  test('stays as it is when it is no text', () => {
    const bytes = Uint8Array.from([0x7b, 0xff, 0x7d]);

    assert.deepEqual(replayedBody(bytes, { ...plain, mark: 'all' }, seededRandom(1)), bytes);
  });
});

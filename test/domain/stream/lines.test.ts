import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createLineSplitter } from '../../../shared/domain/stream/line-splitter.ts';
import { occurredAtMs, readStreamLine } from '../../../shared/domain/stream/stream-line.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (line: Uint8Array) => new TextDecoder().decode(line);
const read = (line: string) => readStreamLine(bytes(line));

describe('lines of a stream', () => {
  test('are the same however its bytes are cut', () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 40 }).map((one) => one.replaceAll(/[\r\n]/g, ' '));
    const lines = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 12 });
    fc.assert(
      fc.property(lines, line, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), (whole, rest, sizes) => {
        const all = bytes(whole.map(([one, end]) => one + end).join('') + rest);
        const splitter = createLineSplitter();
        const found: string[] = [];
        for (let at = 0; at < all.length; ) {
          const size = sizes.next().value ?? 1;
          found.push(...splitter.add(all.slice(at, at + size)).map(text));
          at += size;
        }
        assert.deepEqual(
          found,
          whole.map(([one]) => one),
        );
        assert.equal(text(splitter.rest), rest);
        assert.equal(splitter.isEmpty, rest === '');
      }),
    );
  });
});

describe('a line of X’s stream', () => {
  test('is a keep-alive without anything in it', () => {
    assert.deepEqual([read(''), read(' ')], [{ kind: 'keep-alive' }, { kind: 'keep-alive' }]);
  });

  test('names why X ends the stream', () => {
    const operational = {
      title: 'operational-disconnect',
      disconnect_type: 'UpstreamOperationalDisconnect',
      detail: 'This stream has been disconnected upstream for operational reasons.',
      type: 'https://api.x.com/2/problems/operational-disconnect',
    };
    assert.deepEqual(read(JSON.stringify({ errors: [operational] })), {
      kind: 'disconnect',
      name: 'operational-disconnect',
      detail: `${operational.disconnect_type}: ${operational.detail}`,
    });
    const tooMany = {
      title: 'ConnectionException',
      connection_issue: 'TooManyConnections',
      type: 'https://api.twitter.com/2/problems/streaming-connection',
    };
    assert.deepEqual(read(JSON.stringify({ errors: [tooMany] })), {
      kind: 'disconnect',
      name: 'TooManyConnections',
      detail: '',
    });
  });

  test('names nothing by what is no name', () => {
    const told = read(JSON.stringify({ errors: [{ title: 'see <b>here</b>' }] }));
    assert.equal(told.kind === 'disconnect' && told.name, 'unnamed');
  });

  const deliveries = {
    'an event of the X Activity API': '{"data":{"event_type":"post.create","payload":{"text":"\\"errors\\""}}}',
    'an event that X could not fill in completely': '{"data":{"event_type":"like.create"},"errors":[{"title":"x"}]}',
    'an event in the old form': '{"for_user_id":"29010112","follow_events":[{"type":"follow"}]}',
    'one with an empty list of errors': '{"errors":[]}',
    'what is not JSON': '{"errors":[',
  };
  for (const [what, line] of Object.entries(deliveries)) {
    test(`is a delivery: ${what}`, () => assert.deepEqual(read(line), { kind: 'delivery' }));
  }

  test('tells when it happened, where it has a time', () => {
    const at = Date.parse('2026-11-21T10:00:00.000Z');
    const envelope = { data: { created_at: '2026-11-21T10:00:00.000Z', payload: { created_at: '2020-01-01' } } };
    assert.equal(occurredAtMs(bytes(JSON.stringify(envelope))), at);
    assert.equal(occurredAtMs(bytes('{"data":{"payload":{"created_at":"2026-11-21T10:00:00Z"}}}')), at);
    assert.equal(occurredAtMs(bytes('{"data":{"payload":{"created_at":5}}}')), undefined);
    assert.equal(occurredAtMs(bytes('no')), undefined);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  fromMessage,
  toClaimCheckMessage,
  toHeartbeatMessage,
  toMessage,
} from '../../../shared/aws/delivery-message.ts';
import type { AcceptedDelivery } from '../../../shared/ports.ts';

const accepted = (body: Uint8Array): AcceptedDelivery => ({
  app: 'default',
  via: 'webhook',
  scheme: 'oauth2',
  receivedAt: '2026-11-21T10:00:00.000Z',
  traceId: 'JKJaXmPLvHcESHA=',
  body,
});
const encodingOf = (body: Uint8Array) => toMessage(accepted(body))?.attributes.encoding;
const bytes = (text: string) => Buffer.from(text);

describe('a delivery as a message', () => {
  test('comes back as it was, whatever its bytes', () => {
    const anyBody = fc.oneof(
      fc.uint8Array({ maxLength: 2000 }),
      fc.string({ unit: 'binary', maxLength: 500 }).map((text) => bytes(text)),
      fc.json().map((text) => bytes(text)),
    );
    fc.assert(
      fc.property(anyBody, (body) => {
        const message = toMessage(accepted(body));
        assert.ok(message);
        const content = fromMessage({ messageId: 'm-1', ...message });
        assert.ok(content.kind === 'delivery');
        const { body: back, ...rest } = content.delivery;
        assert.deepEqual(rest, {
          deliveryId: 'm-1',
          app: 'default',
          via: 'webhook',
          receivedAt: '2026-11-21T10:00:00.000Z',
        });
        assert.ok(Buffer.from(back).equals(Buffer.from(body)));
      }),
    );
  });

  test('is the body verbatim, with the rest in attributes', () => {
    const text = '{"text":"caf\\u00e9 \\/ 日本 \u{1F600}"}\r\n';
    assert.deepEqual(toMessage(accepted(bytes(text))), {
      body: text,
      attributes: {
        app: 'default',
        via: 'webhook',
        scheme: 'oauth2',
        receivedAt: '2026-11-21T10:00:00.000Z',
        traceId: 'JKJaXmPLvHcESHA=',
        encoding: 'text',
      },
    });
  });

  test('keeps the id of its delivery, whatever id the message has', () => {
    const message = toMessage({ ...accepted(bytes('{}')), deliveryId: 'own-7' }) ?? assert.fail('too large');
    const content = fromMessage({ messageId: 'm-9', ...message });
    assert.equal(content.kind === 'delivery' && content.delivery.deliveryId, 'own-7');
  });

  for (const [what, body, encoding] of [
    ['text with a byte order mark', bytes('\uFEFF{}'), 'text'],
    ['bytes that are not UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 'base64'],
    ['an encoded surrogate', Uint8Array.of(0xed, 0xa0, 0x80), 'base64'],
    ['a control character', bytes('{"a":"\u0001"}'), 'base64'],
    ['a zero', bytes('\u0000'), 'base64'],
    ['the noncharacter U+FFFF', bytes('\uFFFF'), 'base64'],
    ['the last characters that SQS takes', bytes('\uD7FF\uE000\uFFFD\u{10000}\u{10FFFF}'), 'text'],
    ['nothing', new Uint8Array(), 'empty'],
  ] as const) {
    test(`travels as ${encoding}: ${what}`, () => assert.equal(encodingOf(body), encoding));
  }

  test('fits up to 1 MiB with its attributes and room for a cause, to the byte', () => {
    const overhead = [
      ...['app', 'default', 'via', 'webhook', 'scheme', 'oauth2', 'encoding', 'text'],
      ...['receivedAt', '2026-11-21T10:00:00.000Z', 'traceId', 'JKJaXmPLvHcESHA=', 'String'.repeat(6)],
    ].join('').length;
    const room = 1_048_576 - 512 - overhead;
    assert.equal(encodingOf(Buffer.alloc(room, 'a')), 'text');
    assert.equal(encodingOf(Buffer.alloc(room + 1, 'a')), undefined);
    assert.equal(encodingOf(bytes('é'.repeat(Math.floor(room / 2) + 1))), undefined, 'bytes count, not characters');
    assert.equal(encodingOf(Buffer.alloc(800_000, 0xff)), undefined, 'base64 counts as it is sent');
  });

  test('names where its body lies when that is too large', () => {
    const message = toClaimCheckMessage(accepted(Buffer.alloc(4_000_000)), 'deliveries/2026-11-21/one');
    assert.deepEqual(fromMessage({ messageId: 'm-2', ...message }), {
      kind: 'claim-check',
      key: 'deliveries/2026-11-21/one',
      bytes: 4_000_000,
      delivery: { deliveryId: 'm-2', app: 'default', via: 'webhook', receivedAt: '2026-11-21T10:00:00.000Z' },
    });
  });
});

describe('a heartbeat as a message', () => {
  for (const proven of [true, false]) {
    test(`comes back as it was when ${proven ? 'X signed it' : 'anybody sent it'}`, () => {
      const heartbeat = { app: 'shop', receivedAt: '2026-11-21T10:00:00.000Z', proven };
      const message = toHeartbeatMessage(heartbeat);
      assert.deepEqual(message, {
        body: '-',
        attributes: { kind: 'heartbeat', app: 'shop', receivedAt: heartbeat.receivedAt, proven: String(proven) },
      });
      const content = fromMessage({ messageId: 'm-3', ...message });
      assert.deepEqual(content, { kind: 'heartbeat', deliveryId: 'm-3', heartbeat });
    });
  }

  test('is proven by nothing but the word for it', () => {
    const { proven: _, ...attributes } = toHeartbeatMessage({
      app: 'a',
      receivedAt: '2026-11-21T10:00:00.000Z',
      proven: true,
    }).attributes;
    for (const extra of [{}, { proven: 'yes' }, { proven: 'TRUE' }]) {
      const content = fromMessage({ messageId: 'm', body: '-', attributes: { ...attributes, ...extra } });
      assert.ok(content.kind === 'heartbeat' && !content.heartbeat.proven);
    }
  });
});

describe("somebody else's message", () => {
  const good = { app: 'default', via: 'webhook', receivedAt: '2026-11-21T10:00:00.000Z', encoding: 'text' };
  const { app: _, ...withoutApp } = good;
  for (const [what, attributes, body] of [
    ['no app', withoutApp, 'x'],
    ['an unknown way', { ...good, via: 'pigeon' }, 'x'],
    ['no time', { ...good, receivedAt: 'today' }, 'x'],
    ['an unknown kind', { ...good, kind: 'pigeon' }, 'x'],
    ['a heartbeat without a time', { app: 'default', kind: 'heartbeat', proven: 'true' }, '-'],
    ['an unknown encoding', { ...good, encoding: 'gzip' }, 'x'],
    ['a claim check that is not JSON', { ...good, encoding: 's3' }, 'secret words'],
    ['a claim check without a length', { ...good, encoding: 's3' }, '{"key":"secret words"}'],
    ['a claim check that is null', { ...good, encoding: 's3' }, 'null'],
  ] as const) {
    test(`with ${what} is malformed, and the detail quotes nothing of it`, () => {
      const content = fromMessage({ messageId: 'm', body, attributes });
      assert.ok(content.kind === 'malformed');
      assert.doesNotMatch(content.detail, /secret words|pigeon|gzip/);
    });
  }
});

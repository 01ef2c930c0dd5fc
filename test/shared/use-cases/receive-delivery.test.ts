import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { GaplessError } from '../../../shared/errors.ts';
import type { AcceptedDelivery, SecretsReading } from '../../../shared/ports.ts';
import { answerCrc } from '../../../shared/use-cases/answer-crc.ts';
import { receiveDelivery, type SignedRequest } from '../../../shared/use-cases/receive-delivery.ts';
import { parseAppSecrets } from '../../../shared/x/app-secrets.ts';
import { sign } from '../../../shared/x/signature.ts';

const clock = { now: () => Date.parse('2026-11-21T10:00:00Z') };
const body = Buffer.from('{"for_user_id":"2244994945"}');
const byConsumer = (bytes: Uint8Array = body) => sign('consumer', bytes);
const byClient = (bytes: Uint8Array = body) => sign('client', bytes);

const available = (secrets: object): SecretsReading => ({
  kind: 'available',
  secrets: parseAppSecrets(JSON.stringify(secrets)),
});
const filled = available({ consumerSecrets: [{ value: 'consumer' }], clientSecrets: [{ value: 'client' }] });

/** A receiver whose secrets answer by the age they are asked for; what it did is in `sent` and `asked`. */
function receiver(readings: { readonly known?: SecretsReading; readonly newest?: SecretsReading } = {}) {
  const { known = filled, newest = known } = readings;
  const asked: number[] = [];
  const sent: AcceptedDelivery[] = [];
  const secrets = {
    read: async (maxAgeMs: number) => {
      asked.push(maxAgeMs);
      return maxAgeMs === 5_000 ? newest : known;
    },
  };
  const queue = {
    send: async (delivery: AcceptedDelivery) => {
      sent.push(delivery);
    },
  };
  const deps = { clock, secrets, queue };
  return {
    asked,
    sent,
    deps,
    receive: (signatures: SignedRequest['signatures'], bytes: Uint8Array = body) =>
      receiveDelivery(deps, { app: 'shop', traceId: 'trace-1', signatures, body: bytes }),
  };
}

describe('receiving a delivery', () => {
  test('hands proven bytes to the queue with what proved them', async () => {
    const { receive, sent, asked } = receiver();
    assert.deepEqual(await receive({ legacy: byConsumer() }), { kind: 'accepted', scheme: 'legacy' });
    const receivedAt = '2026-11-21T10:00:00.000Z';
    assert.deepEqual(sent, [{ app: 'shop', via: 'webhook', scheme: 'legacy', receivedAt, traceId: 'trace-1', body }]);
    assert.deepEqual(asked, [15 * 60_000, 60_000], 'the secrets are refreshed beside the sending');
  });

  for (const [what, signatures, scheme] of [
    ['the OAuth2 header alone', { oauth2: byClient() }, 'oauth2'],
    ['both headers', { oauth2: byClient(), legacy: byConsumer() }, 'oauth2'],
    ['a wrong OAuth2 header beside a right legacy one', { oauth2: sign('x', body), legacy: byConsumer() }, 'legacy'],
    ['a malformed OAuth2 header beside a right legacy one', { oauth2: 'sha256=', legacy: byConsumer() }, 'legacy'],
    ['a right OAuth2 header beside a wrong legacy one', { oauth2: byClient(), legacy: sign('x', body) }, 'oauth2'],
    ['a header that was sent twice', { legacy: `${sign('x', body)},${byConsumer()}` }, 'legacy'],
  ] as const) {
    test(`accepts ${what}`, async () => {
      assert.deepEqual(await receiver().receive(signatures), { kind: 'accepted', scheme });
    });
  }

  for (const [what, signatures, reason] of [
    ['no header', {}, 'missing-signature'],
    ['an empty header', { legacy: '' }, 'missing-signature'],
    ['a header that is no signature', { legacy: 'sha256=short', oauth2: 'what' }, 'malformed-signature'],
    ['another secret', { legacy: sign('another', body) }, 'wrong-signature'],
    ['the secret of the other header', { legacy: byClient(), oauth2: byConsumer() }, 'wrong-signature'],
    ['the signature of another body', { oauth2: byClient(Buffer.from('{}')) }, 'wrong-signature'],
  ] as const) {
    test(`refuses ${what} and sends nothing`, async () => {
      const { receive, sent } = receiver();
      assert.deepEqual(await receive(signatures), { kind: 'refused', reason });
      assert.deepEqual(sent, []);
    });
  }

  test('asks for no secret as long as nothing well-formed is signed', async () => {
    const { receive, asked } = receiver();
    await receive({});
    await receive({ legacy: 'sha256=short' });
    assert.deepEqual(asked, []);
  });

  test('accepts whatever a signed body says', async () => {
    for (const bytes of [Buffer.from('not json'), Uint8Array.of(0xff, 0x00), new Uint8Array(), Buffer.from('{"a":')]) {
      assert.equal((await receiver().receive({ oauth2: byClient(bytes) }, bytes)).kind, 'accepted');
    }
  });

  test('opens to no signature that the CRC gave out, whatever the body', async () => {
    const { receive, deps, sent } = receiver();
    const passHeartbeat = async () => ({ kind: 'sent' }) as const;
    const tokenLike = fc.string({ unit: fc.constantFrom(...'abcXYZ019+/=_-'), maxLength: 260 });
    await fc.assert(
      fc.asyncProperty(fc.oneof(tokenLike, fc.json(), fc.string()), fc.uint8Array(), async (text, other) => {
        const rawQueryString = `crc_token=${encodeURIComponent(text.toWellFormed())}`;
        const crc = await answerCrc({ ...deps, passHeartbeat }, { app: 'shop', rawQueryString, signatures: {} });
        fc.pre(crc.kind === 'answered');
        for (const bytes of [Buffer.from(text), other]) {
          const receipt = await receive({ oauth2: crc.responseToken, legacy: crc.responseToken }, bytes);
          assert.equal(receipt.kind, 'refused');
        }
      }),
    );
    assert.deepEqual(sent, []);
  });
});

describe('rotation', () => {
  const rotated = available({
    clientSecrets: [{ value: 'next' }, { value: 'client', validUntil: '2026-11-21T11:00:00Z' }],
  });

  test('loses nothing: a signature that does not hold is held against the newest secrets', async () => {
    const { receive, asked } = receiver({ newest: rotated });
    assert.equal((await receive({ oauth2: sign('next', body) })).kind, 'accepted');
    assert.deepEqual(asked, [15 * 60_000, 5_000, 60_000]);
  });

  test('accepts the previous secret until it ends', async () => {
    const { deps, receive } = receiver({ known: rotated });
    assert.equal((await receive({ oauth2: byClient() })).kind, 'accepted');
    const late = { ...deps, clock: { now: () => Date.parse('2026-11-21T11:00:00Z') } };
    const request = { app: 'shop', traceId: 't', signatures: { oauth2: byClient() }, body };
    assert.deepEqual(await receiveDelivery(late, request), { kind: 'refused', reason: 'wrong-signature' });
  });
});

describe('when something is not there', () => {
  const error = new GaplessError('SECRET_UNAVAILABLE', 'not there');

  test('nothing is refused for want of a secret', async () => {
    const unavailable = { kind: 'unavailable', error } as const;
    const never = receiver({ known: unavailable });
    assert.deepEqual(await never.receive({ legacy: byConsumer() }), { kind: 'secrets-unavailable', error });
    const ended = receiver({
      known: available({ consumerSecrets: [{ value: 'consumer', validUntil: '2026-01-01' }] }),
    });
    assert.equal((await ended.receive({ legacy: byConsumer() })).kind, 'secrets-unavailable');
    const emptied = receiver({ newest: unavailable });
    assert.deepEqual(await emptied.receive({ legacy: sign('x', body) }), { kind: 'secrets-unavailable', error });
  });

  test('nothing is accepted that the queue did not take', async () => {
    const { deps } = receiver();
    const failing = (cause: Error) => ({ ...deps, queue: { send: () => Promise.reject(cause) } });
    const request = { app: 'shop', traceId: 't', signatures: { oauth2: byClient() }, body };
    const refused = new GaplessError('QUEUE_UNAVAILABLE', 'no');
    assert.deepEqual(await receiveDelivery(failing(refused), request), { kind: 'queue-unavailable', error: refused });
    await assert.rejects(receiveDelivery(failing(new TypeError('a bug')), request), TypeError);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GaplessError } from '../../../shared/errors.ts';
import type { Heartbeat, SecretsReading } from '../../../shared/ports.ts';
import { answerCrc } from '../../../shared/use-cases/answer-crc.ts';
import { parseAppSecrets } from '../../../shared/x/app-secrets.ts';
import { type SignatureClaims, sign } from '../../../shared/x/signature.ts';

const clock = { now: () => Date.parse('2026-11-21T10:00:00Z') };
const sent = { kind: 'sent' } as const;
const available = (secrets: object): SecretsReading => ({
  kind: 'available',
  secrets: parseAppSecrets(JSON.stringify(secrets)),
});
const consumerSecrets = [{ value: 'consumer' }];
const clientSecrets = [{ value: 'client' }];

/** Answers one query; `asked` holds the ages at which the secrets were asked for, `passed` the heartbeats. */
async function answer(rawQueryString: string, reading: SecretsReading, signatures: SignatureClaims = {}) {
  const asked: number[] = [];
  const passed: Heartbeat[] = [];
  const secrets = {
    read: async (maxAgeMs: number) => {
      asked.push(maxAgeMs);
      return reading;
    },
  };
  const passHeartbeat = async (heartbeat: Heartbeat) => {
    passed.push(heartbeat);
    return sent;
  };
  const request = { app: 'shop', rawQueryString, signatures };
  return { answer: await answerCrc({ clock, secrets, passHeartbeat }, request), asked, passed };
}

describe('answering the CRC', () => {
  test('uses the client secret where the app has one, else the consumer secret', async () => {
    const both = await answer('crc_token=abc&nonce=1', available({ consumerSecrets, clientSecrets }));
    const byClient = sign('client', Buffer.from('abc'));
    assert.deepEqual(both.answer, { kind: 'answered', responseToken: byClient, heartbeat: sent });
    const one = await answer('crc_token=abc', available({ consumerSecrets }));
    const byConsumer = sign('consumer', Buffer.from('abc'));
    assert.deepEqual(one.answer, { kind: 'answered', responseToken: byConsumer, heartbeat: sent });
  });

  test('waits for secrets no older than five seconds, since a rotated one would disable the webhook', async () => {
    assert.deepEqual((await answer('crc_token=abc', available({ consumerSecrets }))).asked, [5_000]);
  });

  test('looks at no secret for a bad token, and passes no heartbeat', async () => {
    const bad = await answer('crc_token=%7B%7D', available({ consumerSecrets }));
    assert.deepEqual(bad, { answer: { kind: 'bad-token', reason: 'outside-alphabet' }, asked: [], passed: [] });
  });

  test('gives no token rather than a wrong one when the secrets are not there, or none is live', async () => {
    const error = new GaplessError('SECRET_UNAVAILABLE', 'not there');
    const gone = await answer('crc_token=abc', { kind: 'unavailable', error });
    assert.deepEqual(gone.answer, { kind: 'secrets-unavailable', error });
    const ended = await answer(
      'crc_token=abc',
      available({ consumerSecrets: [{ value: 'c', validUntil: '2026-11-21' }] }),
    );
    assert.ok(ended.answer.kind === 'secrets-unavailable' && ended.answer.error.code === 'SECRET_EMPTY');
    assert.deepEqual([gone.passed, ended.passed], [[], []]);
  });
});

describe('the heartbeat of a CRC', () => {
  const query = 'crc_token=abc&nonce=MTc';
  const proven = async (rawQueryString: string, signatures: SignatureClaims, secrets: object) => {
    const { passed } = await answer(rawQueryString, available(secrets), signatures);
    assert.equal(passed.length, 1);
    return passed[0]?.proven;
  };
  const by = (secret: string, text = query) => sign(secret, Buffer.from(text));
  const all = { consumerSecrets, clientSecrets };

  test('says when the check came and for which app', async () => {
    const { passed } = await answer(query, available(all));
    assert.deepEqual(passed, [{ app: 'shop', receivedAt: '2026-11-21T10:00:00.000Z', proven: false }]);
  });

  for (const scheme of ['legacy', 'oauth2'] as const) {
    for (const secret of ['consumer', 'client']) {
      test(`is proven by the ${secret} secret in the ${scheme} header`, async () => {
        assert.equal(await proven(query, { [scheme]: by(secret) }, all), true);
      });
    }
  }

  test('is proven whatever stands between and around the two values, and however they are encoded', async () => {
    const encoded = 'x=1&nonce=MTc%3D&crc_token=a%2Bb';
    assert.equal(await proven(encoded, { legacy: by('consumer', 'crc_token=a+b&nonce=MTc=') }, all), true);
  });

  test('is proven by a previous secret while it is live', async () => {
    const rotated = (validUntil: string) => ({
      consumerSecrets: [{ value: 'new' }, { value: 'consumer', validUntil }],
    });
    assert.equal(await proven(query, { legacy: by('consumer') }, rotated('2026-11-22')), true);
    assert.equal(await proven(query, { legacy: by('consumer') }, rotated('2026-11-20')), false);
  });

  for (const [what, signatures, rawQueryString] of [
    ['a signature of another secret', { legacy: by('another') }, query],
    ['what is no signature', { legacy: 'sha256=', oauth2: 'yes' }, query],
    ['the signature of the token alone, which anybody can get', { oauth2: by('client', 'abc') }, query],
    ['a signature without a nonce, which anybody can get', { oauth2: by('client', 'crc_token=abc') }, 'crc_token=abc'],
    ['the signature of another nonce', { legacy: by('consumer', 'crc_token=abc&nonce=MTg') }, query],
  ] as const) {
    test(`is not proven by ${what}`, async () => {
      assert.equal(await proven(rawQueryString, signatures, all), false);
    });
  }
});

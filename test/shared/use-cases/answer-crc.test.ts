import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GaplessError } from '../../../shared/errors.ts';
import type { SecretsReading } from '../../../shared/ports.ts';
import { answerCrc } from '../../../shared/use-cases/answer-crc.ts';
import { parseAppSecrets } from '../../../shared/x/app-secrets.ts';
import { sign } from '../../../shared/x/signature.ts';

const clock = { now: () => Date.parse('2026-11-21T10:00:00Z') };
const available = (secrets: object): SecretsReading => ({
  kind: 'available',
  secrets: parseAppSecrets(JSON.stringify(secrets)),
});

/** Answers one query; `asked` holds the ages at which the secrets were asked for. */
async function answer(query: string, reading: SecretsReading) {
  const asked: number[] = [];
  const secrets = {
    read: async (maxAgeMs: number) => {
      asked.push(maxAgeMs);
      return reading;
    },
  };
  return { answer: await answerCrc({ clock, secrets }, query), asked };
}

describe('answering the CRC', () => {
  test('uses the client secret where the app has one, else the consumer secret', async () => {
    const consumerSecrets = [{ value: 'consumer' }];
    const both = await answer(
      'crc_token=abc&nonce=1',
      available({ consumerSecrets, clientSecrets: [{ value: 'client' }] }),
    );
    assert.deepEqual(both.answer, { kind: 'answered', responseToken: sign('client', Buffer.from('abc')) });
    const one = await answer('crc_token=abc', available({ consumerSecrets }));
    assert.deepEqual(one.answer, { kind: 'answered', responseToken: sign('consumer', Buffer.from('abc')) });
  });

  test('waits for secrets no older than five seconds, since a rotated one would disable the webhook', async () => {
    assert.deepEqual((await answer('crc_token=abc', available({ consumerSecrets: [{ value: 'c' }] }))).asked, [5_000]);
  });

  test('looks at no secret for a bad token', async () => {
    const bad = await answer('crc_token=%7B%7D', available({ consumerSecrets: [{ value: 'c' }] }));
    assert.deepEqual(bad, { answer: { kind: 'bad-token', reason: 'outside-alphabet' }, asked: [] });
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
  });
});

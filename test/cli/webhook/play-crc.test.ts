import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { commandLineFor } from '../../../cli/target/command-line.ts';
import { explainCrc } from '../../../cli/webhook/explain-crc.ts';
import { type CrcResult, playCrc } from '../../../cli/webhook/play-crc.ts';
import { hmac, Receiver, type ReceiverAnswer } from '../../local/x-emulator/receiver.ts';

const clock = { now: () => Date.UTC(2026, 10, 21, 12) };
const secrets = { clientSecrets: [{ value: 'first' }, { value: 'second' }], consumerSecrets: [{ value: 'consumer' }] };
const token = (value: string): ReceiverAnswer => ({ status: 200, body: JSON.stringify({ response_token: value }) });

describe('X’s check, played from here', () => {
  const cases: readonly (readonly [
    name: string,
    answer: (token: string) => ReceiverAnswer,
    found: Partial<CrcResult>,
    why?: RegExp,
  ])[] = [
    ['the right token', (given) => token(hmac('first', given)), { kind: 'passed' }],
    [
      'another secret of the app',
      (given) => token(hmac('consumer', given)),
      { kind: 'wrong-token', answeredWith: 'other-secret' },
      /another secret of the app than the one that counts/,
    ],
    [
      'a stranger’s token',
      () => token('sha256=strange'),
      { kind: 'wrong-token', answeredWith: 'unknown' },
      /gapless secrets set --app brand/,
    ],
    ['no token', () => ({ status: 200, body: '<html>' }), { kind: 'no-token' }, /without a response_token/],
    ['a redirect', () => ({ status: 301 }), { kind: 'redirected', status: 301 }, /redirects \(301\)/],
    ['503', () => ({ status: 503 }), { kind: 'status', status: 503 }, /no secret for app brand yet/],
    ['404', () => ({ status: 404 }), { kind: 'status', status: 404 }, /Is the path right/],
  ];
  for (const [name, answer, found, why] of cases) {
    test(`finds ${name}`, async (t) => {
      const receiver = await Receiver.start('');
      t.after(() => receiver.close());
      receiver.crc = answer;

      const result = await playCrc(receiver.url, secrets, clock);

      assert.partialDeepStrictEqual(result, found);
      if (why === undefined) assert.equal(explainCrc(result, 'brand', commandLineFor({}, 'brand')), undefined);
      else assert.match(explainCrc(result, 'brand', commandLineFor({}, 'brand')) ?? '', why);
    });
  }

  test('finds nobody, and a server without a certificate', async (t) => {
    const receiver = await Receiver.start('');
    t.after(() => receiver.close());

    const plain = await playCrc(receiver.url.replace('http:', 'https:'), secrets, clock);
    await receiver.close();
    const nobody = await playCrc(receiver.url, secrets, clock);

    assert.match(
      explainCrc(nobody, 'default', commandLineFor({}, 'default')) ?? '',
      /cannot be reached \(.*ECONNREFUSED/,
    );
    assert.equal(plain.kind, 'tls');
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readSignatures, sign, verify } from '../../../shared/x/signature.ts';

const bytes = fc.uint8Array({ maxLength: 300 });
const secret = fc.string({ minLength: 1, maxLength: 60 });

describe('a signature', () => {
  test('is sha256= and the base64 of the HMAC-SHA256 (RFC 4231, test case 2)', () => {
    const expected = Buffer.from('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843', 'hex');
    assert.equal(sign('Jefe', Buffer.from('what do ya want for nothing?')), `sha256=${expected.toString('base64')}`);
  });

  test('verifies the bytes it was made of, under any of the secrets', () => {
    fc.assert(
      fc.property(bytes, secret, fc.array(secret, { maxLength: 3 }), (body, key, others) => {
        assert.ok(verify(readSignatures(sign(key, body)), body, [...others, key]));
      }),
    );
  });

  test('verifies no other bytes and no other secret', () => {
    fc.assert(
      fc.property(bytes, bytes, secret, secret, (body, otherBody, key, otherKey) => {
        fc.pre(!Buffer.from(body).equals(Buffer.from(otherBody)) && key !== otherKey);
        const claimed = readSignatures(sign(key, body));
        assert.equal(verify(claimed, otherBody, [key]), false);
        assert.equal(verify(claimed, body, [otherKey]), false);
      }),
    );
  });

  test('is found among several that one header joined by commas', () => {
    const right = sign('local-secret', Buffer.from('{}'));
    const wrong = sign('another', Buffer.from('{}'));
    assert.ok(verify(readSignatures(`${wrong}, ${right}`), Buffer.from('{}'), ['local-secret']));
    assert.ok(verify(readSignatures(`nonsense,${right}`), Buffer.from('{}'), ['local-secret']));
  });

  test('proves nothing without a secret to hold it against', () => {
    assert.equal(verify(readSignatures(sign('', Buffer.from('{}'))), Buffer.from('{}'), []), false);
  });
});

describe('a signature header', () => {
  const good = sign('local-secret', Buffer.from('{}'));
  const encoded = good.slice('sha256='.length);
  for (const [what, header] of Object.entries({
    empty: '',
    'without its prefix': encoded,
    'with another prefix': `sha1=${encoded}`,
    'one character short': good.slice(0, -1),
    'a digest of 16 bytes': `sha256=${Buffer.alloc(16).toString('base64')}`,
    'a digest of 33 bytes': `sha256=${Buffer.alloc(33).toString('base64')}`,
    'in hex': `sha256=${Buffer.from(encoded, 'base64').toString('hex')}`,
    'in base64url': `sha256=${'-_'.repeat(21)}-=`,
    'with a line end inside': `sha256=\n${encoded}`,
  })) {
    test(`that is malformed (${what}) claims no digest`, () => assert.deepEqual(readSignatures(header), []));
  }
});

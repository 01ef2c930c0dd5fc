import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { couldBeCrcToken, crcResponseToken, crcSignedText, readCrcToken } from '../../../shared/x/crc.ts';
import { sign } from '../../../shared/x/signature.ts';

const genuine = 'NGYxMDRkM2UtZjYyNi00NmQ4LWI2ZjgtZGRkYjk3MmM1ZTNi';
const alphabet = 'ABCxyz0189+/=_-';
const token = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength: 256 });

const tokenOf = (query: string) => {
  const read = readCrcToken(query);
  return read.kind === 'token' ? read.token : read.reason;
};

describe('the CRC token', () => {
  test('is read beside other parameters, such as the nonce', () => {
    assert.equal(tokenOf(`crc_token=${genuine}`), genuine);
    assert.equal(tokenOf(`nonce=MTc2&crc_token=${genuine}&x`), genuine);
  });

  test('keeps its plus sign and its padding, escaped or not', () => {
    assert.equal(tokenOf('crc_token=a+b/c=='), 'a+b/c==');
    assert.equal(tokenOf('crc_token=a%2Bb%2Fc%3D%3d'), 'a+b/c==');
  });

  test('survives any mixture of escaped and plain characters', () => {
    fc.assert(
      fc.property(token, fc.infiniteStream(fc.boolean()), (text, escapes) => {
        const written = [...text].map((char) =>
          escapes.next().value ? `%${char.charCodeAt(0).toString(16).padStart(2, '0')}` : char,
        );
        assert.equal(tokenOf(`nonce=1&crc_token=${written.join('')}`), text);
      }),
    );
  });

  for (const [what, query, reason] of [
    ['missing', 'nonce=abc', 'missing'],
    ['missing from an empty query', '', 'missing'],
    ['under another name', 'CRC_TOKEN=abc', 'missing'],
    ['empty', 'crc_token=', 'outside-alphabet'],
    ['a name only', 'crc_token', 'outside-alphabet'],
    ['repeated', 'crc_token=abc&crc_token=abc', 'repeated'],
    ['repeated under an escaped name', 'crc_token=abc&crc%5Ftoken=def', 'repeated'],
    ['with a brace', 'crc_token={', 'outside-alphabet'],
    ['with an escaped brace', 'crc_token=%7B', 'outside-alphabet'],
    ['with a quote', 'crc_token=%22', 'outside-alphabet'],
    ['with a space', 'crc_token=a%20b', 'outside-alphabet'],
    ['with a line end', 'crc_token=abc%0A', 'outside-alphabet'],
    ['with a letter outside ASCII', 'crc_token=%C3%A9', 'outside-alphabet'],
    ['a malformed escape', 'crc_token=%2', 'outside-alphabet'],
    ['an escape that is not UTF-8', 'crc_token=%ff', 'outside-alphabet'],
    ['257 characters long', `crc_token=${'a'.repeat(257)}`, 'outside-alphabet'],
  ] as const) {
    test(`is bad when ${what}`, () => assert.equal(tokenOf(query), reason));
  }

  test('of 256 characters is good', () => assert.equal(tokenOf(`crc_token=${'a'.repeat(256)}`), 'a'.repeat(256)));

  test('is answered with the signature of its bytes', () => {
    assert.equal(crcResponseToken(genuine, 'local-secret'), sign('local-secret', Buffer.from(genuine)));
  });

  test('is recognised in a body: whatever can be answered can be no body', () => {
    fc.assert(
      fc.property(fc.oneof(token, fc.string({ unit: 'binary' })), (text) => {
        const answerable = readCrcToken(`crc_token=${encodeURIComponent(text.toWellFormed())}`).kind === 'token';
        assert.equal(couldBeCrcToken(Buffer.from(text)), answerable);
      }),
    );
  });

  test('is no JSON object, no array, no text and nothing empty', () => {
    for (const body of ['', '{}', '[]', '"abc"', '{"a":1}']) assert.equal(couldBeCrcToken(Buffer.from(body)), false);
  });
});

describe('what X signs in a CRC', () => {
  test('is the token and the nonce, decoded, in this order', () => {
    assert.equal(crcSignedText(genuine, `nonce=MTc2OTU&crc_token=${genuine}`), `crc_token=${genuine}&nonce=MTc2OTU`);
    assert.equal(crcSignedText('a+b', 'crc_token=a%2Bb&nonce=MTc%3D'), 'crc_token=a+b&nonce=MTc=');
    assert.equal(crcSignedText('a', 'crc_token=a&nonce=%'), 'crc_token=a&nonce=%');
    assert.equal(crcSignedText('a', 'crc_token=a'), undefined);
  });

  test('is never what a CRC signs for anybody', () => {
    fc.assert(
      fc.property(token, fc.oneof(token, fc.string()), (text, nonce) => {
        const signed = crcSignedText(text, `crc_token=${text}&nonce=${nonce}`);
        assert.ok(signed !== undefined && !couldBeCrcToken(Buffer.from(signed)));
      }),
    );
  });
});

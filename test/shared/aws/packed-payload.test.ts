import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { packPayload, unpackPayload } from '../../../shared/aws/packed-payload.ts';
import { v1 } from '../../../shared/aws/payload-dictionary/v1.ts';
import { compactJson } from '../../../shared/domain/compact-json.ts';
import { bodiesOfEveryKind } from '../../stack/bodies.ts';

const bodies = bodiesOfEveryKind().map(compactJson);

function assertComesBack(text: string): void {
  const packed = packPayload(text);
  if (packed === undefined) return;
  assert.ok(packed.length < Buffer.byteLength(text));
  assert.equal(unpackPayload(packed), text);
}

describe('the dictionary of packed payloads', () => {
  test('is what it was when events were stored with it', () => {
    const sha256 = createHash('sha256').update(v1).digest('hex');
    assert.equal(
      sha256,
      '20e6c3ae02de874bb1301b95ef07249a380c778c2ac4a2d3a990cbd3e48c0950',
      'do not change it: make v2 with test/fixtures/make-payload-dictionary.ts',
    );
    assert.ok(v1.length <= 32 * 1024);
  });

  test('of each version is known to the reader', () => {
    const files = readdirSync(join(import.meta.dirname, '../../../shared/aws/payload-dictionary'));
    assert.deepEqual(files, ['v1.ts']);
  });
});

describe('a packed payload', () => {
  test('of every kind of body comes back byte for byte', () => {
    for (const body of bodies) assertComesBack(body);
  });

  test('of any text comes back byte for byte', () => {
    const json = fc.json({ maxDepth: 5 });
    const text = fc.string({ unit: 'binary', maxLength: 300 }).map((one) => one.toWellFormed());
    const nearMiss = fc.tuple(fc.constantFrom(...bodies), fc.nat(), text).map(([body, at, inside]) => {
      const cut = at % body.length;
      return (body.slice(0, cut) + inside + body.slice(cut)).toWellFormed();
    });
    fc.assert(fc.property(fc.oneof(json, text, nearMiss), assertComesBack), { numRuns: 2_000 });
  });

  test('of a large body comes back byte for byte', () => {
    assertComesBack(JSON.stringify({ text: 'é"\\'.repeat(500_000), id: '1850000000000000001' }));
  });

  test('is a third of the body at most, for what X sends most', () => {
    const usual = bodies.filter((body) => body.length > 1_500);
    assert.ok(usual.length > 5);
    for (const body of usual) assert.ok((packPayload(body)?.length ?? body.length) * 3 <= body.length, body);
  });

  test('is not made where it would not be smaller', () => {
    assert.equal(packPayload(''), undefined);
    assert.equal(packPayload('0123456789'), undefined);
  });

  test('that somebody changed, or a newer version made, is refused with what to do', () => {
    const packed = packPayload(bodies[0] ?? '');
    assert.ok(packed);
    const newer = Buffer.concat([Buffer.of(9), packed.subarray(1)]);
    assert.throws(() => unpackPayload(newer), { code: 'ITEM_MALFORMED', message: /dictionary 9.*Update/ });
    assert.throws(() => unpackPayload(packed.slice(0, -5)), { code: 'ITEM_MALFORMED' });
    assert.throws(() => unpackPayload(new Uint8Array()), { code: 'ITEM_MALFORMED' });
  });
});

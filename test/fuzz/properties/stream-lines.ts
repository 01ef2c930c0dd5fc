import assert from 'node:assert/strict';
import { type Random, randomBelow, seededRandom } from '../../../local/x-emulator/random.ts';
import { createLineSplitter } from '../../../shared/domain/stream/line-splitter.ts';
import { occurredAtMs, readStreamLine } from '../../../shared/domain/stream/stream-line.ts';

/** A body as it would come in X's stream, between keep-alives and cut anywhere: its lines come out whole. */
export function checkStreamLines(body: Uint8Array, seed: number): void {
  const bytes = Buffer.concat([Buffer.from('\r\n'), body, Buffer.from('\r\n\r\n{"errors":[{}]}\n'), body]);
  const expected = linesOf(bytes);
  const splitter = createLineSplitter();
  const lines = cutAnywhere(bytes, seededRandom(seed)).flatMap((chunk) => [...splitter.add(chunk)]);

  assert.deepEqual(lines.map(toLatin1), expected.slice(0, -1));
  assert.equal(toLatin1(splitter.rest), expected.at(-1));
  for (const line of lines) {
    const isBlank = Buffer.from(line).toString().trim() === '';
    assert.equal(readStreamLine(line).kind === 'keep-alive', isBlank, 'all but blank lines say something');
    const ms = occurredAtMs(line);
    assert.ok(ms === undefined || Number.isFinite(ms));
  }
}

const toLatin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

function linesOf(bytes: Uint8Array): readonly string[] {
  const parts = toLatin1(bytes).split('\n');
  return parts.map((part, index) => (index < parts.length - 1 && part.endsWith('\r') ? part.slice(0, -1) : part));
}

function cutAnywhere(bytes: Uint8Array, random: Random): readonly Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = 1 + randomBelow(random, random() < 0.2 ? 3 : bytes.length);
    chunks.push(bytes.subarray(at, at + length));
    at += length;
  }
  return chunks;
}

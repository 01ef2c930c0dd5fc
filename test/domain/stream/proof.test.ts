import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createProof } from '../../../shared/domain/stream/proof.ts';

describe('what is proven of a connection', () => {
  test('is nothing at first, and then the time at which the newest bytes came', () => {
    const proof = createProof(1_000, false);
    assert.equal(proof.toMs, undefined);
    proof.heard(2_000);
    assert.equal(proof.toMs, 2_000);
  });

  test('never says more than is on the queue', () => {
    const step = fc.oneof(fc.constant('line' as const), fc.constant('sent' as const), fc.constant('heard' as const));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const proof = createProof(0, false);
        const lineAtMs: number[] = [];
        let sent = 0;
        for (const [atMs, what] of steps.entries()) {
          if (what === 'heard') proof.heard(atMs);
          else if (what === 'line') {
            lineAtMs.push(atMs);
            proof.line();
          } else if (sent < lineAtMs.length) {
            sent += 1;
            proof.sent(sent);
          }
          const firstUnsent = lineAtMs[sent] ?? Number.POSITIVE_INFINITY;
          assert.ok((proof.toMs ?? 0) <= firstUnsent);
        }
      }),
    );
  });

  test('reaches its newest byte when everything is sent', () => {
    const proof = createProof(0, false);
    proof.heard(10);
    proof.line();
    proof.heard(20);
    proof.line();
    proof.heard(30);
    assert.equal(proof.toMs, 10);
    proof.sent(1);
    assert.equal(proof.toMs, 20);
    proof.sent(2);
    assert.equal(proof.toMs, 30);
  });

  test('waits for the end of what X fills back', () => {
    const endings: readonly ((proof: ReturnType<typeof createProof>) => void)[] = [
      (proof) => proof.line(100_001),
      (proof) => {
        proof.keepAlive();
        proof.keepAlive();
      },
    ];
    for (const ending of endings) {
      const proof = createProof(100_000, true);
      proof.line(70_000);
      proof.sent(1);
      proof.heard(100_500);
      assert.deepEqual([proof.settled, proof.toMs], [false, undefined]);
      ending(proof);
      proof.sent(proof.lines);
      proof.heard(101_000);
      assert.deepEqual([proof.settled, proof.toMs], [true, 101_000]);
    }
  });

  test('takes five minutes for the longest that X fills back', () => {
    const proof = createProof(0, true);
    proof.heard(299_999);
    assert.equal(proof.toMs, undefined);
    proof.heard(300_000);
    assert.equal(proof.toMs, 300_000);
  });

  test('forgets the marks from before: they spoke for less than the whole', () => {
    const proof = createProof(0, true);
    proof.heard(1);
    proof.line(-5);
    proof.line(5);
    proof.heard(9);
    proof.sent(1);
    assert.equal(proof.toMs, undefined);
    proof.sent(2);
    assert.equal(proof.toMs, 9);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chooseRole } from '../../../shared/domain/stream/choose-role.ts';
import { defaultStreamRules as rules } from '../../../shared/domain/stream/stream-rules.ts';
import type { StreamSession } from '../../../shared/domain/stream/stream-session.ts';
import type { SlotHold, SlotNote, StreamSlot } from '../../../shared/domain/stream/stream-slot.ts';

const nowMs = 100_000_000;
const hold = (more: Partial<SlotHold> = {}): SlotHold => ({
  holder: 'h-1',
  phase: 'connected',
  connectedAtMs: nowMs - 60_000,
  renewedAtMs: nowMs - 5_000,
  expiresAtMs: nowMs + 40_000,
  endsAtMs: nowMs + 600_000,
  ...more,
});
const pair = (one?: SlotHold, other?: SlotHold, note: SlotNote = {}): readonly StreamSlot[] => [
  { slot: 0, note, ...(one && { hold: one }) },
  { slot: 1, note: {}, ...(other && { hold: other }) },
];
const session = (fromMs: number, toMs: number): StreamSession => ({
  app: 'default',
  kind: 'live',
  holder: 'h',
  connectedAtMs: fromMs,
  fromMs,
  toMs,
});
const choose = (slots: readonly StreamSlot[], sessions: readonly StreamSession[] = []) =>
  chooseRole({ slots, sessions, nowMs, rules });
const broken = [session(nowMs - 900_000, nowMs - 600_000), session(nowMs - 60_000, nowMs)];

describe('the role of a tick', () => {
  test('is to read when nobody does', () => {
    assert.deepEqual(choose(pair()), { kind: 'read', slot: { slot: 0, note: {} } });
    const dead = hold({ expiresAtMs: nowMs });
    assert.deepEqual(choose(pair(dead)), { kind: 'read', slot: { slot: 0, hold: dead, note: {} } });
  });

  test('is none while the stream is well read', () => {
    assert.deepEqual(choose(pair(hold())), { kind: 'none', why: 'well-held' });
    assert.deepEqual(choose(pair(undefined, hold({ phase: 'connecting' })), broken), {
      kind: 'none',
      why: 'well-held',
    });
  });

  test('is to succeed a reader that is about to end', () => {
    const elder = hold({ endsAtMs: nowMs + rules.handoverMs });
    assert.deepEqual(choose(pair(elder)), { kind: 'read', slot: { slot: 1, note: {} } });
    assert.equal(choose(pair(hold({ endsAtMs: nowMs + rules.handoverMs + 1 }))).kind, 'none');
  });

  test('is none when both connections are taken, whatever is missing', () => {
    const both = pair(hold({ endsAtMs: nowMs }), hold({ holder: 'h-2' }));
    assert.deepEqual(choose(both, broken), { kind: 'none', why: 'both-held' });
  });

  test('is none before X may be asked again, whichever slot says so', () => {
    const waiting = pair(undefined, undefined, { notBeforeMs: nowMs + 1 });
    assert.deepEqual(choose(waiting), { kind: 'none', why: 'backing-off' });
    assert.equal(choose(pair(undefined, undefined, { notBeforeMs: nowMs })).kind, 'read');
  });

  test('is to recover a break beside a reader, until that one’s successor needs the connection', () => {
    const reader = hold();
    assert.deepEqual(choose(pair(reader), broken), {
      kind: 'recover',
      slot: { slot: 1, note: {} },
      breaks: [{ fromMs: nowMs - 600_000, toMs: nowMs - 60_000 }],
      untilMs: reader.endsAtMs - rules.handoverMs,
    });
  });

  test('is to read, not to recover, when only a recovery is at work', () => {
    const role = choose(pair(hold({ phase: 'recovering' })), broken);
    assert.deepEqual([role.kind, role.kind === 'read' && role.slot.slot], ['read', 1]);
  });

  test('leaves to the watcher what X refused to recover, for an hour', () => {
    const refusedAt = (ms: number) => pair(hold(), undefined, { recoveryRefusedAtMs: ms });
    assert.equal(choose(refusedAt(nowMs - 3_599_999), broken).kind, 'none');
    assert.equal(choose(refusedAt(nowMs - 3_600_000), broken).kind, 'recover');
  });

  test('leaves alone what X keeps no more', () => {
    const dayMs = 24 * 3_600_000;
    const old = [session(nowMs - dayMs - 900_000, nowMs - dayMs - 600_000), session(nowMs - dayMs + 300_000, nowMs)];
    assert.equal(choose(pair(hold()), old).kind, 'none');
    const partly = [session(nowMs - dayMs - 900_000, nowMs - dayMs - 600_000), session(nowMs - 60_000, nowMs)];
    const role = choose(pair(hold()), partly);
    assert.deepEqual(role.kind === 'recover' && role.breaks, [
      { fromMs: nowMs - dayMs + 300_000, toMs: nowMs - 60_000 },
    ]);
  });
});

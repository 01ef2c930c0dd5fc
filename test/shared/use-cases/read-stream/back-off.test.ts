import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultStreamRules } from '../../../../shared/domain/stream/stream-rules.ts';
import type { SlotHold, StreamSlot } from '../../../../shared/domain/stream/stream-slot.ts';
import type { StreamLease, StreamOpening } from '../../../../shared/stream-ports.ts';
import { readStream } from '../../../../shared/use-cases/read-stream.ts';

/** A clock on which nothing takes time but waiting: whoever sleeps moves it. */
function played() {
  let nowMs = 1_000_000;
  const clock = { now: () => nowMs };
  let waiting: { readonly atMs: number; readonly wake: () => void }[] = [];
  const timer = {
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        const wake = () => {
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        waiting.push({ atMs: nowMs + ms, wake });
        signal?.addEventListener('abort', wake);
        setImmediate(advance);
      }),
  };
  const advance = () => {
    const next = waiting.reduce((first, one) => Math.min(first, one.atMs), Number.POSITIVE_INFINITY);
    if (next === Number.POSITIVE_INFINITY) return;
    nowMs = Math.max(nowMs, next);
    const due = waiting.filter(({ atMs }) => atMs <= nowMs);
    waiting = waiting.filter(({ atMs }) => atMs > nowMs);
    for (const { wake } of due) wake();
  };
  return { clock, timer };
}

function freeSlots(): StreamLease & { readonly slot: () => StreamSlot } {
  let slot: StreamSlot = { slot: 0, note: {} };
  const write = (one: StreamSlot, hold?: SlotHold) => {
    slot = { slot: one.slot, note: one.note, ...(hold && { hold }) };
    return true;
  };
  return {
    slot: () => slot,
    slots: async () => [slot, { slot: 1, note: {} }],
    take: async (_app, seen, hold) => write(seen, hold),
    renew: async (_app, held) => write(held, held.hold),
    release: async (_app, held) => {
      write(held);
    },
  };
}

/** Milliseconds between the requests of one reader that X answers so, and what the reader leaves in its slot. */
async function pauses(opening: Exclude<StreamOpening, { kind: 'open' }>, sessionMs: number) {
  const { clock, timer } = played();
  const askedAtMs: number[] = [];
  const lease = freeSlots();
  const deps = {
    clock,
    timer,
    lease,
    sessions: { read: async () => [], save: async () => {} },
    random: () => 0.5,
    createId: () => 'id',
    rules: { ...defaultStreamRules, sessionMs },
    stream: {
      open: async () => {
        askedAtMs.push(clock.now());
        return opening;
      },
    },
    connections: { list: async () => [], end: async () => false },
    queue: { sendBatch: async () => [] },
    tell: () => {},
  };
  await readStream(deps, { app: 'default', holder: 'h', remainingMs: () => 900_000 });
  const between = askedAtMs.slice(1).map((atMs, index) => atMs - (askedAtMs[index] ?? 0));
  return { between, note: lease.slot().note, lastMs: askedAtMs.at(-1) ?? 0 };
}

describe('the pauses of a reader that X does not serve', () => {
  test('grow by 250 ms where the network fails', async () => {
    const { between } = await pauses({ kind: 'unreachable', why: 'ECONNREFUSED' }, 30_000);
    assert.ok(between.length > 12);
    assert.deepEqual(
      between,
      between.map((_, index) => 250 * (index + 1)),
    );
  });

  for (const status of [401, 403, 500, 503]) {
    test(`double from 5 s after ${status}, and go on in the next reader`, async () => {
      const { between, note, lastMs } = await pauses({ kind: 'refused', status, name: 'x', detail: '' }, 400_000);
      assert.deepEqual(between, [5_000, 10_000, 20_000, 40_000, 80_000, 160_000]);
      const { notBeforeMs, failures, failure } = note;
      assert.deepEqual([notBeforeMs, failures, failure], [lastMs + 320_000, 7, 'http']);
    });
  }

  test('double from a minute after 429', async () => {
    const { between, note, lastMs } = await pauses({ kind: 'refused', status: 429, name: 'x', detail: '' }, 720_000);
    assert.deepEqual(between, [60_000, 120_000, 240_000]);
    assert.equal(note.notBeforeMs, lastMs + 480_000);
  });
});

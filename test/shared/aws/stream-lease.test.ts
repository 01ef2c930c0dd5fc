import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { createDynamoDbClient } from '../../../shared/aws/clients/dynamodb.ts';
import { createStreamLease } from '../../../shared/aws/stream-lease.ts';
import { chooseRole } from '../../../shared/domain/stream/choose-role.ts';
import { defaultStreamRules as rules } from '../../../shared/domain/stream/stream-rules.ts';
import type { SlotHold, StreamSlot } from '../../../shared/domain/stream/stream-slot.ts';
import type { StreamLease } from '../../../shared/stream-ports.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';

const hold = (holder: string, nowMs: number, more: Partial<SlotHold> = {}): SlotHold => ({
  holder,
  phase: 'connecting',
  renewedAtMs: nowMs,
  expiresAtMs: nowMs + rules.leaseMs,
  endsAtMs: nowMs + rules.sessionMs,
  ...more,
});

describe('the two slots of the stream', () => {
  let emulators: Emulators;
  let client: DynamoDBClient;
  let lease: StreamLease;
  before(async () => {
    emulators = await startEmulators();
    client = createDynamoDbClient(emulators.dynamodb);
    lease = createStreamLease(client, emulators.names.ledgerTable);
  });
  after(async () => {
    client.destroy();
    await emulators.close();
  });

  test('are free at first, and then as they were written', async () => {
    const [first, second] = await lease.slots('fresh');
    assert.deepEqual(
      [first, second],
      [
        { slot: 0, note: {} },
        { slot: 1, note: {} },
      ],
    );
    assert.ok(first);
    const note = { notBeforeMs: 7, failures: 2, failure: 'http', lastDisconnect: 'silence', lastDisconnectAtMs: 6 };
    const held = hold('one', 1_000, { phase: 'connected', connectedAtMs: 900 });
    assert.equal(await lease.take('fresh', { ...first, note }, held), true);
    assert.deepEqual(await lease.slots('fresh'), [{ slot: 0, hold: held, note }, second]);
  });

  test('are renewed and freed by their holder only', async () => {
    const [seen] = await lease.slots('own');
    assert.ok(seen);
    const mine = { ...seen, hold: hold('mine', 0) };
    const other = { ...seen, hold: hold('other', 0) };
    assert.equal(await lease.take('own', seen, mine.hold), true);
    assert.equal(await lease.renew('own', other), false);
    await lease.release('own', other);
    assert.equal(await lease.renew('own', mine), true);
    await lease.release('own', { ...mine, note: { lastDisconnect: 'reset' } });
    assert.deepEqual((await lease.slots('own'))[0], { slot: 0, note: { lastDisconnect: 'reset' } });
    assert.equal(await lease.renew('own', mine), false);
  });

  test('are not taken from a holder that renewed since it was seen', async () => {
    const [seen] = await lease.slots('renewed');
    assert.ok(seen);
    await lease.take('renewed', seen, hold('elder', 0));
    const [expired] = await lease.slots('renewed');
    assert.ok(expired);
    await lease.renew('renewed', { ...seen, hold: hold('elder', 60_000) });
    assert.equal(await lease.take('renewed', expired, hold('younger', 61_000)), false);
  });

  test('go to one of many ticks that race for them', async () => {
    const [seen] = await lease.slots('race');
    assert.ok(seen);
    const won = await Promise.all(
      Array.from({ length: 12 }, (_, index) => lease.take('race', seen, hold(`h-${index}`, 0))),
    );
    assert.equal(won.filter(Boolean).length, 1);
  });

  test('never have more than two readers who believe to hold one, whoever comes, renews, dies or leaves', async () => {
    let run = 0;
    const step = fc.record({
      what: fc.constantFrom('tick', 'tick', 'race', 'renew', 'die', 'leave', 'wait', 'wait'),
      who: fc.nat({ max: 9 }),
      ms: fc.integer({ min: 1_000, max: 50_000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const app = `property-${run++}`;
        let nowMs = 1_000_000;
        let born = 0;
        const readers = new Map<string, StreamSlot & { readonly hold: SlotHold }>();
        const believers = () => [...readers.values()].filter((reader) => reader.hold.expiresAtMs > nowMs);
        const tick = async (slots: readonly StreamSlot[]) => {
          const role = chooseRole({ slots, sessions: [], nowMs, rules });
          if (role.kind === 'none') return;
          const mine = hold(`h-${born++}`, nowMs, { endsAtMs: nowMs + 100_000 });
          if (await lease.take(app, role.slot, mine)) readers.set(mine.holder, { ...role.slot, hold: mine });
        };
        for (const { what, who, ms } of steps) {
          const chosen = [...readers.values()][who % Math.max(readers.size, 1)];
          if (what === 'wait') nowMs += ms;
          else if (what === 'tick') await tick(await lease.slots(app));
          else if (what === 'race') {
            const seen = await lease.slots(app);
            await Promise.all([tick(seen), tick(seen), tick(await lease.slots(app))]);
          } else if (chosen !== undefined && what === 'die') readers.delete(chosen.hold.holder);
          else if (chosen !== undefined && chosen.hold.expiresAtMs > nowMs) {
            const { hold: before } = chosen;
            if (what === 'leave') {
              await lease.release(app, chosen);
              readers.delete(before.holder);
            } else {
              const renewed = { ...before, renewedAtMs: nowMs, expiresAtMs: nowMs + rules.leaseMs };
              const kept = await lease.renew(app, { ...chosen, hold: { ...renewed, phase: 'connected' } });
              if (kept) readers.set(before.holder, { ...chosen, hold: renewed });
              else readers.delete(before.holder);
            }
          }
          const slots = believers().map(({ slot }) => slot);
          assert.equal(new Set(slots).size, slots.length);
        }
      }),
      { numRuns: 12 },
    );
  });
});

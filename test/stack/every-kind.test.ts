import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makeTemporaryDirectory, type TemporaryDirectory } from '../../local/temporary-directory.ts';
import { sha256Hex } from '../../shared/aws/index-keys.ts';
import { compactJson } from '../../shared/domain/compact-json.ts';
import { splitDelivery } from '../../shared/domain/split-delivery.ts';
import { type RunningStack, startRunningStack } from '../support/running-stack.ts';
import { bodiesOfEveryKind, retold } from './bodies.ts';

const bodies = bodiesOfEveryKind();

/** A small generator with a seed, so that a failing order can be repeated. */
function shuffled<T>(values: readonly T[], seed: number): readonly T[] {
  let state = seed;
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state;
  };
  return values
    .map((value) => ({ value, order: next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ value }) => value);
}

function eventIdOf(body: string): string {
  const delivery = { deliveryId: '', app: 'default', via: 'webhook', receivedAt: '2026-11-21T00:00:00.000Z' } as const;
  const [event, ...others] = splitDelivery({ ...delivery, body: Buffer.from(body) }, { sha256Hex }).events;
  assert.ok(event && others.length === 0, 'each of these bodies is one event');
  return event.eventId;
}

/** Bodies that are one event keep the payload of whichever came first. */
const payloadsById = new Map<string, readonly string[]>();
for (const body of bodies) {
  const id = eventIdOf(body);
  payloadsById.set(id, [...(payloadsById.get(id) ?? []), compactJson(body)]);
}

describe('every kind of body, many times over', () => {
  let data: TemporaryDirectory;
  let stack: RunningStack;

  const deliver = async (all: readonly string[], scheme: 'oauth2' | 'legacy') => {
    const answers = new Map<number, number>();
    for (let at = 0; at < all.length; at += 8) {
      const statuses = await Promise.all(all.slice(at, at + 8).map((body) => stack.post(body, { scheme })));
      for (const status of statuses) answers.set(status, (answers.get(status) ?? 0) + 1);
    }
    assert.deepEqual(Object.fromEntries(answers), { 200: all.length });
  };

  const assertStoredOnce = async () => {
    await stack.drained();
    const stored = await stack.stored();
    assert.deepEqual(
      stored.map(({ eventId }) => eventId).sort(),
      [...payloadsById.keys()].sort(),
      'one stored event for each distinct event',
    );
    for (const { eventId, payload } of stored) {
      assert.ok(payloadsById.get(eventId)?.includes(payload), `${eventId} keeps its payload as sent`);
    }
  };

  before(async () => {
    data = await makeTemporaryDirectory();
    stack = await startRunningStack({ dataDir: data.path });
  });
  after(async () => {
    await stack.close();
    await data.remove();
  });

  test('is stored once, digit for digit', async () => {
    await deliver(bodies, 'oauth2');
    await deliver(shuffled([...bodies, ...bodies], 1), 'oauth2');
    await deliver(shuffled([...bodies, ...bodies], 2), 'legacy');

    await assertStoredOnce();
  });

  test('is still once when tag, direction and the replay mark differ', async () => {
    await deliver(
      shuffled(bodies, 3).map((body) => retold(body, 'mine')),
      'oauth2',
    );
    await deliver(
      shuffled(bodies, 4).map((body) => retold(body, 'other')),
      'legacy',
    );

    await assertStoredOnce();
  });

  test('is still once when all of it comes again after a restart', async () => {
    await stack.close();
    stack = await startRunningStack({ dataDir: data.path });
    await deliver(shuffled(bodies, 5), 'oauth2');

    await assertStoredOnce();
  });
});

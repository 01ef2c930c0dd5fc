import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createDynamoDbClient } from '../../shared/aws/clients/dynamodb.ts';
import { createStreamLease } from '../../shared/aws/stream-lease.ts';
import { createStreamSessions } from '../../shared/aws/stream-sessions.ts';
import { monthlyCost } from '../../shared/domain/stream/monthly-cost.ts';
import { gapless } from './gapless-process.ts';
import { type LocalProject, standingClock, startLocalProject } from './local-project.ts';
import { recordBodies } from './record-bodies.ts';
import { postBody } from './stored-bodies.ts';

const nowMs = Date.parse('2026-11-21T12:00:00.000Z');
const minutesAgo = (minutes: number) => nowMs - minutes * 60_000;
const iso = (minutes: number) => new Date(minutesAgo(minutes)).toISOString();

describe('gapless status of a stack that reads the stream', () => {
  let project: LocalProject;
  before(async () => {
    project = await startLocalProject({ default: '{}' }, undefined, {
      outputs: { Stream: 'on', StreamMemoryMb: '512' },
      more: { clock: standingClock(nowMs) },
    });
    const { dynamodb, names } = project.emulators;
    const client = createDynamoDbClient(dynamodb);
    const lease = createStreamLease(client, names.ledgerTable);
    const hold = {
      holder: 'reader-2',
      phase: 'connected',
      connectedAtMs: minutesAgo(3),
      renewedAtMs: nowMs,
      expiresAtMs: minutesAgo(-60),
      endsAtMs: minutesAgo(-9),
    } as const;
    const note = { lastDisconnect: 'operational-disconnect', lastDisconnectAtMs: minutesAgo(3) };
    assert.ok(await lease.take('default', { slot: 1, note }, hold));
    const sessions = createStreamSessions({ client, table: names.ledgerTable, retentionDays: 30 });
    const spans = [
      [nowMs - 3_000, nowMs - 2_000],
      [nowMs - 1_000, nowMs],
    ] as const;
    for (const [fromMs, toMs] of spans) {
      const session = { app: 'default', kind: 'live', holder: 'reader', connectedAtMs: fromMs, fromMs, toMs } as const;
      await sessions.save(session);
    }
    client.destroy();
    await recordBodies(project.emulators, [postBody({ id: '1', at: iso(5) })], iso(0), 'stream');
  });
  after(() => project.close());

  const status = (...args: readonly string[]) => gapless(['status', '--local', ...args], { cwd: project.directory });

  test('says who is connected, what is covered and what it costs', async () => {
    const { stream } = JSON.parse((await status('--json')).out);
    const { default: app } = stream.apps;
    assert.deepEqual(
      app.connections.map(({ slot, holder, phase }: Readonly<Record<string, unknown>>) => [slot, holder, phase]),
      [[1, 'reader-2', 'connected']],
    );
    assert.equal(app.breaksToday, 1);
    assert.deepEqual(app.lastDisconnect, { name: 'operational-disconnect', at: iso(3) });
    assert.equal(stream.costPerMonth, Math.round(monthlyCost([{ lines: 1, duplicates: 0 }], 512) * 100) / 100);
  });

  test('shows people the same', async () => {
    const { out } = await status();
    assert.match(
      out,
      /^stream +connected, in the queue up to .*, 1 break today, last disconnect operational-disconnect .* app default$/m,
    );
    assert.match(out, /^stream +connection 1 connected since .*, until /m);
    assert.match(out, /^stream +about \$\d+\.\d\d a month on AWS/m);
  });
});

test('a month of the stream costs the reader’s time and its writes, and each line a little', () => {
  const idle = monthlyCost([{ lines: 0, duplicates: 0 }]);
  assert.ok(idle > 5 && idle < 15, `${idle}`);
  assert.ok(monthlyCost([{ lines: 0, duplicates: 0 }], 512) > 1.5 * idle);
  const busy = monthlyCost([{ lines: 1_000_000, duplicates: 0 }]);
  assert.ok(Math.abs(busy - idle - 30.4167 * 0.48) < 0.01, `${busy - idle}`);
});

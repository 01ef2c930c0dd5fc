import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { StreamSession } from '../../../../shared/domain/stream/stream-session.ts';
import type { StreamNews } from '../../../../shared/use-cases/read-stream/stream-news.ts';
import { type Emulators, startEmulators } from '../../../support/emulators.ts';
import { type Reading, type ReadingOptions, startReading } from './reading.ts';
import { refuse, stream } from './streaming-x.ts';

const event = (index: number) => `{"data":{"event_uuid":"${index}","event_type":"like.create"}}`;
const minute = 60_000;

describe('a reader of the stream', () => {
  let emulators: Emulators;
  before(async () => {
    emulators = await startEmulators();
  });
  after(() => emulators.close());

  const start = async (t: TestContext, answers: ReadingOptions['answers'], more: Partial<ReadingOptions> = {}) => {
    const reading = await startReading(emulators, { ...more, answers });
    t.after(() => reading.close());
    return reading;
  };
  const told = ({ news }: Reading, kind: StreamNews['kind']) => news.filter((one) => one.kind === kind);
  const bodiesOf = async (reading: Reading) => (await reading.queued()).map(({ body }) => body).sort();
  const sessionsOf = ({ sessions, app, clock }: Reading): Promise<readonly StreamSession[]> =>
    sessions.read(app, { fromMs: clock.now() - 3_600_000, toMs: clock.now() + 3_600_000 });
  /** Resolves when the first connection, which says that it is alive, covers something. */
  const untilCovered = (reading: Reading) =>
    reading.until(async () => {
      reading.x.calls[0]?.response.write('\r\n');
      return (await sessionsOf(reading)).length > 0;
    });

  test('brings every line to the queue, whatever lies between and however it is cut', async (t) => {
    const umlaut = Buffer.from(`{"data":{"text":"Überall 日本"}}\r\n`);
    const parts = [`${event(1)}\r\n\r\n${event(2)}`, '\r', '\n\r\n', umlaut.subarray(0, 18), umlaut.subarray(18)];
    const reading = await start(t, [stream(...parts, '\r\n')]);
    reading.read();
    await reading.until(async () => (await reading.queued()).length === 3);
    assert.deepEqual(await bodiesOf(reading), [event(1), event(2), umlaut.toString().trim()].sort());
    assert.deepEqual([...new Set((await reading.queued()).map(({ via }) => via))], ['stream']);
  });

  test('covers the time up to the newest sign of life, and no more than what is on the queue', async (t) => {
    const reading = await start(t, [stream()]);
    const removeFault = emulators.faults.sqs.add({ target: 'SendMessageBatch', respond: { status: 503 } });
    t.after(removeFault);
    reading.read({ silenceMs: 600_000, leaseMs: 600_000 });
    await reading.until(() => reading.x.calls.length === 1);
    const keepAlive = setInterval(() => reading.x.calls[0]?.response.write('\r\n'), 50);
    t.after(() => clearInterval(keepAlive));
    await untilCovered(reading);
    const writtenAtMs = reading.clock.now();
    reading.x.calls[0]?.response.write(`${event(1)}\r\n`);
    await reading.until(() => reading.clock.now() > writtenAtMs + 25_000);
    for (const { toMs } of await sessionsOf(reading)) assert.ok(toMs <= writtenAtMs + 5_000);
    removeFault();
    await reading.until(async () => (await sessionsOf(reading)).some(({ toMs }) => toMs > writtenAtMs + 25_000));
    assert.deepEqual(await bodiesOf(reading), [event(1)]);
  });

  test('has X fill back what a broken connection left out, and sends no half line', async (t) => {
    const reading = await start(t, [stream('\r\n'), stream(`${event(1)}\r\n${event(2)}\r\n\r\n\r\n`)]);
    reading.read();
    await untilCovered(reading);
    reading.x.calls[0]?.response.write(`${event(1)}\r\n${event(2).slice(0, 20)}`);
    await reading.until(async () => (await reading.queued()).length === 1);
    reading.x.calls[0]?.response.destroy();
    await reading.until(async () => (await reading.queued()).length === 3);
    assert.equal(reading.x.calls[1]?.query.get('backfill_minutes'), '2');
    assert.deepEqual(await bodiesOf(reading), [event(1), event(1), event(2)]);
    assert.deepEqual(
      told(reading, 'disconnected').map((one) => one.kind === 'disconnected' && one.name),
      ['reset'],
    );
  });

  test('has X fill back to the very first connection when that broke before a sign of life', async (t) => {
    const reading = await start(t, [stream(), stream(`${event(1)}\r\n`)]);
    reading.read();
    await reading.until(async () => (await sessionsOf(reading)).length === 1);
    reading.x.calls[0]?.response.destroy();
    await reading.until(() => reading.x.calls.length === 2);
    assert.equal(reading.x.calls[1]?.query.get('backfill_minutes'), '2');
    await reading.until(async () => (await reading.queued()).length === 1);
  });

  test('takes silence for the end of a connection', async (t) => {
    const reading = await start(t, [stream('\r\n')]);
    reading.read();
    await reading.until(() => reading.x.calls.length === 2);
    await reading.x.calls[0]?.gone;
    const [silent] = told(reading, 'disconnected');
    assert.ok(silent?.kind === 'disconnected' && silent.name === 'silence' && silent.livedMs >= 20_000);
  });

  test('names X’s last words, and sends them to nobody', async (t) => {
    const problem = {
      title: 'operational-disconnect',
      disconnect_type: 'UpstreamOperationalDisconnect',
      type: 'https://api.x.com/2/problems/operational-disconnect',
    };
    const reading = await start(t, [stream(`${event(1)}\r\n${JSON.stringify({ errors: [problem] })}\r\n`)]);
    const { end, done } = reading.read();
    await reading.until(() => reading.x.calls.length === 2);
    await reading.until(async () => (await reading.queued()).length === 1);
    end();
    assert.deepEqual(await done, { outcome: 'read', left: 'out-of-time' });
    const [slot] = await reading.lease.slots(reading.app);
    assert.equal(slot?.note.lastDisconnect, 'operational-disconnect');
    assert.equal(slot?.hold, undefined);
  });

  test('brings a line over one MiB by a claim check', async (t) => {
    const reading = await start(t, [stream(`{"data":"${'x'.repeat(1_200_000)}"}\r\n`)]);
    reading.read();
    await reading.until(async () => (await reading.queued()).length === 1);
    assert.match((await bodiesOf(reading)).join(), /^{"key":"deliveries\/.*","bytes":1200011}$/);
  });

  test('leaves the time that X wants for itself to the next tick when it outlasts the reader', async (t) => {
    const reading = await start(t, [refuse(429, { title: 'Too Many Requests' })]);
    const { done } = reading.read({ sessionMs: 30_000 });
    assert.deepEqual(await done, { outcome: 'read', left: 'ended' });
    const [slot] = await reading.lease.slots(reading.app);
    assert.deepEqual([slot?.note.failure, slot?.note.failures], ['limited', 1]);
    assert.ok((slot?.note.notBeforeMs ?? 0) >= (reading.x.calls[0]?.atMs ?? 0) + minute);
    assert.deepEqual(await reading.read().done, { outcome: 'backing-off' });
    assert.equal(reading.x.calls.length, 1);
  });

  test('connects without backfill where X refuses it, and tells of the break', async (t) => {
    const reading = await start(t, [stream('\r\n'), refuse(403, { title: 'Forbidden' }), stream('\r\n')]);
    reading.read();
    await untilCovered(reading);
    reading.x.calls[0]?.response.destroy();
    await reading.until(() => reading.x.calls.length === 3);
    const asked = reading.x.calls.map(({ query }) => query.get('backfill_minutes'));
    assert.deepEqual(asked, [null, '2', null]);
    await reading.until(() => told(reading, 'break').length === 1);
  });

  test('ends connections that nobody has when X counts too many', async (t) => {
    const tooMany = { title: 'ConnectionException', connection_issue: 'TooManyConnections' };
    const ended: string[] = [];
    const connections = {
      list: async () => [{ id: 'lost', endpoint: 'activity_stream', connectedAtMs: 1 }],
      end: async (ids: readonly string[]) => ended.push(...ids) > 0,
    };
    const reading = await start(t, [refuse(429, tooMany), stream('\r\n')], { connections });
    reading.read();
    await reading.until(() => told(reading, 'connected').length === 1);
    assert.deepEqual(ended, ['lost']);
  });

  test('lets go at once when somebody else has its slot', async (t) => {
    const reading = await start(t, [stream('\r\n')]);
    const { done } = reading.read({ silenceMs: 600_000 });
    await reading.until(() => reading.x.calls.length === 1);
    const [seen] = await reading.lease.slots(reading.app);
    assert.ok(seen?.hold);
    await reading.until(async () => {
      const [now] = await reading.lease.slots(reading.app);
      const hold = now?.hold && { ...now.hold, holder: 'somebody else', renewedAtMs: reading.clock.now() };
      return now !== undefined && hold !== undefined && reading.lease.take(reading.app, now, hold);
    });
    assert.deepEqual(await done, { outcome: 'read', left: 'lease-lost' });
    await reading.x.calls[0]?.gone;
    assert.equal((await reading.lease.slots(reading.app))[0]?.hold?.holder, 'somebody else');
  });

  test('is succeeded while it reads, and leaves when both are connected and nothing lies between', async (t) => {
    const reading = await start(t, []);
    const keepAlive = setInterval(() => {
      for (const { response } of reading.x.calls) if (!response.closed) response.write('\r\n');
    }, 50);
    t.after(() => clearInterval(keepAlive));
    const elder = reading.read({ sessionMs: 60_000, leaseMs: 120_000 });
    await reading.until(() => told(reading, 'alive').length >= 1);
    reading.read({ leaseMs: 120_000 });
    assert.deepEqual(await elder.done, { outcome: 'read', left: 'handed-over' });
    await reading.until(async () => (await sessionsOf(reading)).length === 2);
    const [first, second] = await sessionsOf(reading);
    assert.ok(first && second && first.toMs >= second.fromMs);
    assert.equal(reading.x.calls.length, 2);
  });

  test('fetches an old break on the second connection', async (t) => {
    const reading = await start(t, [
      stream('\r\n'),
      (response) => {
        stream(`${event(7)}\r\n`)(response);
        response.end();
      },
    ]);
    const nowMs = reading.clock.now();
    const { app } = reading;
    const old = { app, kind: 'live', holder: 'old', connectedAtMs: nowMs - 40 * minute } as const;
    await reading.sessions.save({ ...old, fromMs: nowMs - 40 * minute, toMs: nowMs - 30 * minute });
    await reading.sessions.save({
      ...old,
      connectedAtMs: nowMs - 20 * minute,
      fromMs: nowMs - 20 * minute,
      toMs: nowMs,
    });
    reading.read({ silenceMs: 600_000, leaseMs: 120_000 });
    await reading.until(() => told(reading, 'alive').length >= 1);
    assert.deepEqual(await reading.read({ leaseMs: 120_000 }).done, { outcome: 'recovered', left: 'ended' });
    const { query } = reading.x.calls[1] ?? {};
    const second = (ms: number) => new Date(ms).toISOString().slice(0, 19);
    assert.equal(query?.get('start_time'), `${second(nowMs - 31 * minute)}Z`);
    assert.deepEqual(await reading.queued(), [{ body: event(7), via: 'backfill' }]);
    assert.ok((await sessionsOf(reading)).some(({ kind }) => kind === 'recovery'));
  });
});

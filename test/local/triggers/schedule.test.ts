import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AdjustableClock } from '../../../local/clock/adjustable-clock.ts';
import { startSchedule } from '../../../local/triggers/schedule.ts';
import { startInlineFunction } from '../../support/inline-function.ts';

const start = Date.UTC(2026, 10, 21, 12);
const spec = {
  name: 'Tick',
  functionName: 'Test-Inline',
  everyMs: 60_000,
  input: undefined,
  source: 'aws.scheduler',
} as const;

/** Answers every invocation with a failure that carries the event, so that the test sees it. */
const source = `export const handler = async (event) => { throw new Error(JSON.stringify(event)); };`;

test('a schedule follows the local clock, once when the clock jumps over several times, and ends when it is closed', async (t) => {
  const clock = new AdjustableClock({ realAt: Date.now(), localAt: start, speed: 0 });
  const inline = await startInlineFunction(source, { clock, maxProcesses: 1 });
  t.after(() => inline.close());
  const schedule = startSchedule(spec, inline.runner, clock);
  const invoked = async (count: number) => {
    while (inline.failures.length < count) await new Promise(setImmediate);
    return inline.runner.invocations;
  };

  await clock.advance(59_999);
  assert.equal(inline.runner.invocations, 0);
  await clock.advance(1);
  assert.equal(await invoked(1), 1);
  await clock.advance(180_000);
  assert.equal(await invoked(2), 2);
  await clock.advance(60_000);
  assert.equal(await invoked(3), 3);

  await schedule.close();
  await clock.advance(600_000);
  assert.equal(inline.runner.invocations, 3);
  assert.match(
    inline.failures[0] ?? '',
    /"detail-type":"Scheduled Event","source":"aws\.scheduler".*"time":"2026-11-21T12:01:00Z"/,
  );
});

test('a schedule with an input hands over exactly that', async (t) => {
  const clock = new AdjustableClock({ realAt: Date.now(), localAt: start, speed: 0 });
  const inline = await startInlineFunction(source, { clock, maxProcesses: 1 });
  t.after(() => inline.close());
  const schedule = startSchedule({ ...spec, input: '{"a":1}' }, inline.runner, clock);

  await clock.advance(60_000);
  await schedule.close();

  assert.match(inline.failures[0] ?? '', /Error \{"a":1\}$/);
});

test('a schedule on a fast clock leaves out what would only wait for a process', async (t) => {
  const clock = new AdjustableClock({ realAt: Date.now(), localAt: start, speed: 0 });
  const inline = await startInlineFunction('export const handler = () => new Promise(() => {});', {
    clock,
    maxProcesses: 2,
  });
  t.after(() => inline.close());
  const schedule = startSchedule(spec, inline.runner, clock);

  for (let minute = 0; minute < 5; minute += 1) {
    await clock.advance(60_000);
    await new Promise(setImmediate);
  }
  assert.equal(inline.runner.invocations, 2);

  inline.runner.kill();
  await schedule.close();
});

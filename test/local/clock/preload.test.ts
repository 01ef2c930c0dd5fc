import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { AdjustableClock } from '../../../local/clock/adjustable-clock.ts';
import { type InlineFunction, startInlineFunction } from '../../support/inline-function.ts';

const source = `
  const timesAtStart = [Date.now(), new Date().getTime()];
  export const handler = async () => {
    const subclass = class extends Date {};
    return {
      timesAtStart,
      now: Date.now(),
      made: new Date().getTime(),
      called: Date().slice(0, 3),
      given: new Date(5).getTime(),
      utc: Date.UTC(2026, 0),
      isDate: new Date() instanceof Date && new subclass() instanceof Date && new Date().constructor === Date,
      real: performance.timeOrigin + performance.now(),
      left: Object.keys(process.env).filter((name) => /^(GAPLESS|NODE)/.test(name)),
    };
  };`;
const start = Date.UTC(2031, 0, 1);

describe('a process on the local clock', () => {
  const clock = new AdjustableClock({ realAt: Date.now(), localAt: start, speed: 0 });
  let inline: InlineFunction;
  before(async () => {
    inline = await startInlineFunction(source, { clock, maxProcesses: 1 });
  });
  after(() => inline.close());

  const read = async () => {
    const result = await inline.runner.invoke('{}');
    assert.equal(result.kind, 'success');
    return JSON.parse(result.payload);
  };

  test('has its time from the first line on, whatever form of Date it uses', async () => {
    const { timesAtStart, now, made, called, isDate } = await read();
    assert.deepEqual([...timesAtStart, now, made, called, isDate], [start, start, start, start, 'Wed', true]);
  });

  test('leaves given times, real monotonic time and the environment alone', async () => {
    const { given, utc, real, left } = await read();
    assert.deepEqual([given, utc, left], [5, Date.UTC(2026, 0), []]);
    assert.ok(Math.abs(real - Date.now()) < 60_000);
  });

  test('has a new time as soon as the clock is set', async () => {
    await clock.advance(90_000);
    assert.equal((await read()).now, start + 90_000);
    await clock.setTime(start);
    assert.equal((await read()).now, start);
  });
});

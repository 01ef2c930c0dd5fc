import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fail, ok, warn } from '../../../cli/doctor/finding.ts';
import { type Check, runChecks } from '../../../cli/doctor/run-checks.ts';
import { GaplessError } from '../../../shared/errors.ts';

const check = (name: string, look: Check<string>['look'], needs: readonly string[] = []): Check<string> => ({
  name,
  needs,
  look,
});
const open = async () => 'the stack';
const run = (checks: readonly Check<string>[], timeoutMs = 60_000) => runChecks(checks, { open, timeoutMs });

describe('checks', () => {
  test('keep their order, whatever order they end in', async () => {
    const slow = Promise.withResolvers<void>();
    const findings = await run([
      check('first', () => slow.promise.then(() => ok('late'))),
      check('second', async (at) => {
        slow.resolve();
        return warn(at, 'mend it');
      }),
    ]);

    assert.deepEqual(findings, [
      { name: 'first', status: 'ok', seen: 'late' },
      { name: 'second', status: 'warn', seen: 'the stack', mend: 'mend it' },
    ]);
  });

  test('hide none behind one that throws', async () => {
    const [first, second, third] = await run([
      check('first', () => Promise.reject(new GaplessError('NOT_FOUND', 'It is not there.\nMore of it.'))),
      check('second', () => {
        throw new GaplessError('NOT_FOUND', 'At once.');
      }),
      check('third', async () => ok('well')),
    ]);

    assert.deepEqual(first, { name: 'first', status: 'fail', seen: 'It is not there.' });
    assert.deepEqual(second, { name: 'second', status: 'fail', seen: 'At once.' });
    assert.equal(third?.status, 'ok');
  });

  test('are skipped behind a failed or skipped one, with its name, and never looked at', async () => {
    const unreached = () => assert.fail('looked at');
    const [, second, third, fourth] = await run([
      check('first', async () => fail('broken')),
      check('second', unreached, ['first']),
      check('third', unreached, ['second']),
      check('fourth', async () => ok('apart')),
    ]);

    assert.deepEqual(second, { name: 'second', status: 'skipped', seen: 'says nothing before first is mended' });
    assert.deepEqual(third, { name: 'third', status: 'skipped', seen: 'says nothing before second is mended' });
    assert.equal(fourth?.status, 'ok');
  });

  test('run behind a warning', async () => {
    const [, second] = await run([
      check('first', async () => warn('odd')),
      check('second', async () => ok('well'), ['first']),
    ]);

    assert.equal(second?.status, 'ok');
  });

  test('fail when they take too long', async () => {
    const [finding] = await run([check('first', () => new Promise(() => {}))], 1);

    assert.deepEqual(finding, { name: 'first', status: 'fail', seen: 'No answer came within 0.001 s. Run it again.' });
  });
});

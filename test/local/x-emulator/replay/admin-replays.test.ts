import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { member } from '../../../../shared/domain/json.ts';
import { messageOf } from '../emulated-x.ts';
import { startReplaying } from './replaying.ts';

describe('POST /admin/replays', () => {
  test('starts a job for a person, which ours then meets', async (t) => {
    const { api, ask, clock, x, webhookId, finish } = await startReplaying(t, ['{}']);
    const dates = { from_date: '202611211200', to_date: '202611211210' };

    const start = { webhook_id: webhookId, ...dates, behaviour: 'slow-start', delayMs: 60_000 };
    const started = await api('POST /admin/replays', { start }, '');
    clock.advance(59_999);
    await x.caughtUp();

    assert.equal(member(started.body, 'job', 'startedBy'), 'person');
    assert.match(String(messageOf(await ask())), /^ReplayConflictError/);
    await finish();
    assert.equal((await ask()).status, 200);
  });

  test('holds a person to X’s rules', async (t) => {
    const { api } = await startReplaying(t, []);

    const refusal = await api('POST /admin/replays', { start: { webhook_id: '7' } });
    assert.match(String(messageOf(refusal)), /^QueryParamInvalid/);
  });

  test('scripts the next requests', async (t) => {
    const { api, ask, finish } = await startReplaying(t, ['{}']);

    await api('POST /admin/replays', { next: ['empty', { behaviour: 'incomplete', share: 0 }] });
    for (const _ of [1, 2, 3]) {
      await ask();
      await finish();
    }

    const { body } = await api('GET /admin/jobs', undefined, '');
    const jobs = member(body, 'jobs');
    assert.ok(Array.isArray(jobs));
    assert.deepEqual(
      jobs.map((job) => [member(job, 'behaviour'), member(job, 'state'), member(job, 'delivered')]),
      [
        ['empty', 'complete', 0],
        ['incomplete', 'incomplete', 0],
        ['complete', 'complete', 1],
      ],
    );
  });

  for (const [body, message] of [
    [{}, /^next:/],
    [{ next: 'complete' }, /^next:/],
    [{ next: ['sudden'] }, /^behaviour:/],
    [{ next: [{ behaviour: 'incomplete', share: 2 }] }, /^share:/],
    [{ next: [{ mark: 'some' }] }, /^mark:/],
    [{ next: [{ hang: 1 }] }, /^hang:/],
  ] as const) {
    test(`refuses ${JSON.stringify(body)} and says why`, async (t) => {
      const { api } = await startReplaying(t, []);

      const answer = await api('POST /admin/replays', body);

      assert.equal(answer.status, 400);
      assert.match(String(messageOf(answer)), message);
    });
  }
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { member } from '../../../../shared/domain/json.ts';
import { asUser, messageOf } from '../emulated-x.ts';
import { startReplaying } from './replaying.ts';

const hourMs = 3_600_000;

describe('a request for a replay job', () => {
  test('is answered with the job', async (t) => {
    const { ask, lastJob } = await startReplaying(t, ['{}']);

    const { status, body } = await ask();

    const { jobId } = lastJob();
    assert.equal(status, 200);
    assert.match(jobId, /^\d{19}$/);
    assert.deepEqual(body, { data: { job_id: jobId, created_at: '2026-11-21T13:00:00.000Z' } });
  });

  test('is answered in the older shapes where they are wanted', async (t) => {
    const { ask, finish, lastJob, x } = await startReplaying(t, ['{}'], { replay: { answerShape: 'flat' } });

    const flat = await ask();
    assert.deepEqual(flat.body, { job_id: lastJob().jobId, created_at: '2026-11-21T13:00:00.000Z' });
    await finish();
    x.replays.script([{ behaviour: 'complete', answerShape: 'replay_event' }]);
    const { body } = await ask();

    assert.equal(member(body, 'replay_event', 'job_id'), lastJob().jobId);
    assert.match(String(member(body, 'for_user_id')), /^\d+$/);
  });

  test('needs the app’s own token', async (t) => {
    const { api } = await startReplaying(t, []);

    assert.equal((await api('POST /2/webhooks/replay', {}, asUser('2244'))).status, 403);
  });

  for (const [from, to, message] of [
    ['1200', '12', 'to_date is not in the format yyyymmddhhmm'],
    ['2460', '1229', 'from_date is not in the format yyyymmddhhmm'],
    ['1301', '1302', 'from_date is in the future'],
    ['1229', '1301', 'to_date is in the future'],
    ['1220', '1210', 'from_date is not before to_date'],
    ['1220', '1220', 'from_date is not before to_date'],
    ['1230', '1240', 'from_date is not 31 minutes ago'],
    ['1229', '1251', 'to_date is not 10 minutes ago'],
  ] as const) {
    test(`of ${from} to ${to} is refused at 13:00`, async (t) => {
      const { ask, x } = await startReplaying(t, []);

      assert.equal(messageOf(await ask(from, to)), `QueryParamInvalid: ${message}`);
      assert.deepEqual(x.replays.list(), []);
    });
  }

  test('is taken at the youngest ages and the oldest time that X allows', async (t) => {
    const { ask, clock, finish, api, webhookId } = await startReplaying(t, []);

    assert.equal((await ask('1229', '1250')).status, 200);
    await finish();
    clock.advance(13 * hourMs - (clock.now() % hourMs));
    const dates = { from_date: '202611210200', to_date: '202611210201' };
    assert.equal((await api('POST /2/webhooks/replay', { webhook_id: webhookId, ...dates })).status, 200);
    await finish();
    clock.advance(60_000);
    const late = await api('POST /2/webhooks/replay', { webhook_id: webhookId, ...dates });
    assert.equal(messageOf(late), 'QueryParamInvalid: from_date is more than 24 hours ago');
  });

  test('may ask for what has just been, where X’s newest documents hold', async (t) => {
    const { ask } = await startReplaying(t, [], { replay: { fromAgeMs: 0, toAgeMs: 0 } });

    assert.equal((await ask('1259', '1300')).status, 200);
  });

  test('is refused for a webhook that is not there', async (t) => {
    const { api } = await startReplaying(t, []);
    const request = { webhook_id: '7', from_date: '202611211200', to_date: '202611211210' };

    const refusal = await api('POST /2/webhooks/replay', request);
    assert.equal(messageOf(refusal), 'WebhookIdInvalid: Webhook does not exist');
  });

  test('sends a CRC first, and is refused when that fails', async (t) => {
    const { ask, receiver, x } = await startReplaying(t, []);
    const before = receiver.crcs.length;
    receiver.crc = () => ({ status: 503 });

    const refusal = await ask();

    assert.equal(receiver.crcs.length, before + 1);
    assert.match(String(messageOf(refusal)), /^CrcValidationFailed: .*503$/);
    assert.deepEqual(x.replays.list(), []);
  });

  test('is refused while X holds the webhook invalid, though the CRC passes', async (t) => {
    const { ask, x, clock } = await startReplaying(t, []);
    x.outages.start({ mode: 'invalid', untilMs: clock.now() + hourMs });

    assert.equal(messageOf(await ask()), 'CrcValidationFailed: Webhook is not valid');
  });

  test('is refused while another job of the webhook waits or runs, and taken after it', async (t) => {
    const { ask, finish } = await startReplaying(t, ['{}']);
    const conflict = 'ReplayConflictError: A replay job is already running for this webhook';

    const answers = await Promise.all([ask(), ask()]);
    assert.deepEqual(answers.map(messageOf).sort(), [conflict, undefined]);
    assert.equal(messageOf(await ask()), conflict);
    await finish();
    assert.equal((await ask()).status, 200);
  });

  test('is limited to 100 in 15 minutes', async (t) => {
    const { x, api, clock, ask } = await startReplaying(t, []);
    const post = () =>
      fetch(`${x.url}/2/webhooks/replay`, { method: 'POST', headers: { authorization: 'Bearer test-bearer' } });

    const first = await post();
    for (let left = 98; left > 0; left -= 1) await post();
    const hundredth = await ask();
    const limited = await api('POST /2/webhooks/replay', {});
    clock.advance(15 * 60_000);

    assert.equal(first.headers.get('x-rate-limit-limit'), '100');
    assert.equal(first.headers.get('x-rate-limit-remaining'), '99');
    assert.equal(first.headers.get('x-rate-limit-reset'), String(Date.UTC(2026, 10, 21, 13, 15) / 1000));
    assert.equal(hundredth.status, 200);
    assert.equal(limited.status, 429);
    assert.equal((await api('POST /2/webhooks/replay', {})).status, 400);
  });
});

describe('a scripted request', () => {
  for (const reason of [
    'QueryParamInvalid',
    'CrcValidationFailed',
    'ReplayConflictError',
    'WebhookIdInvalid',
  ] as const) {
    test(`is refused with ${reason} once`, async (t) => {
      const { ask, x } = await startReplaying(t, []);
      x.replays.script([{ behaviour: 'refuse', reason }]);

      assert.equal(messageOf(await ask()), `${reason}: refused as scripted`);
      assert.equal((await ask()).status, 200);
    });
  }

  test('starts its job though the connection is cut', async (t) => {
    const { ask, finish, x, lastJob } = await startReplaying(t, ['{}']);
    x.replays.script([{ behaviour: 'lost-answer' }]);

    await assert.rejects(ask(), { message: 'fetch failed' });
    await finish();

    assert.equal(lastJob().state, 'complete');
    assert.equal(lastJob().delivered, 1);
  });

  test('starts its job though no answer ever comes', async (t) => {
    const { x, webhookId, finish, lastJob } = await startReplaying(t, ['{}']);
    x.replays.script([{ behaviour: 'lost-answer', hang: true }]);
    const body = JSON.stringify({ webhook_id: webhookId, from_date: '202611211200', to_date: '202611211229' });
    const headers = { authorization: 'Bearer test-bearer' };

    const signal = AbortSignal.timeout(300);
    const asked = fetch(`${x.url}/2/webhooks/replay`, { method: 'POST', headers, body, signal });
    await assert.rejects(asked, { name: 'TimeoutError' });
    await finish();

    assert.equal(lastJob().state, 'complete');
  });

  test('keeps its turn when X refuses for a reason of its own', async (t) => {
    const { ask, x, receiver, lastJob } = await startReplaying(t, []);
    x.replays.script([{ behaviour: 'empty' }]);
    const right = receiver.crc;
    receiver.crc = () => ({ status: 503 });

    await ask('1229', '1220');
    await ask();
    receiver.crc = right;
    await ask();

    assert.equal(lastJob().behaviour, 'empty');
  });
});

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

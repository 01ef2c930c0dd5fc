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

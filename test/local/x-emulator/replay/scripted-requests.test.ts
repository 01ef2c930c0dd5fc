import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../emulated-x.ts';
import { startReplaying } from './replaying.ts';

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

    const patience = new AbortController();
    const { signal } = patience;
    const asked = assert.rejects(fetch(`${x.url}/2/webhooks/replay`, { method: 'POST', headers, body, signal }), {
      name: 'AbortError',
    });
    while (x.replays.list().length === 0) await pause(5);
    patience.abort();
    await asked;
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

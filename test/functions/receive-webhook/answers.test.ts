import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { answerLog } from '../../../functions/receive-webhook/answer-log.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';
import { signed } from './http-event.ts';
import { startReceiver } from './receiver.ts';

const body = '{"for_user_id":"7"}';

describe('what the receiver tells of its answers', () => {
  let emulators: Emulators;
  let receiver: ReturnType<typeof startReceiver>;
  before(async () => {
    emulators = await startEmulators();
    for (const app of ['default', 'shop']) emulators.secrets.put(app, '{"clientSecrets":[{"value":"client"}]}');
    receiver = startReceiver(emulators, { now: Date.parse('2026-11-21T10:00:00Z') });
  });
  after(() => emulators.close());

  test('is each POST to an app’s webhook, with its status, and no other request', async () => {
    const headers = signed(body, { oauth2: 'client' });
    await receiver.request({ headers, body });
    await receiver.request({ headers, body, app: 'default' });
    await receiver.request({ headers, body: 'forged', app: 'shop' });
    await receiver.request({ headers, body, app: 'made-up' });
    await receiver.request({ method: 'GET', query: 'crc_token=abc' });
    await receiver.request({ method: 'DELETE' });
    const mend = emulators.faults.sqs.add({ target: 'SendMessage', respond: { status: 500 } });
    await receiver.request({ headers, body });
    mend();

    assert.deepEqual(receiver.told, [
      ['default', 200],
      ['default', 200],
      ['shop', 401],
      ['default', 503],
    ]);
  });

  test('stands in one line of texts by the webhook’s path, where no access log does', () => {
    const lines: string[] = [];
    const tell = answerLog('each', (line) => lines.push(line));
    tell('default', 200);
    tell('shop', 503);
    answerLog('none', () => assert.fail('written'))('default', 200);

    assert.deepEqual(lines, [
      '{"path":"/webhooks/x","status":"200"}\n',
      '{"path":"/webhooks/x/shop","status":"503"}\n',
    ]);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { proveRotation } from '../../../cli/credentials/prove-rotation.ts';
import { commandLineFor } from '../../../cli/target/command-line.ts';
import { Receiver } from '../../local/x-emulator/receiver.ts';

describe('a rotation', () => {
  test('goes back to the old order where X’s check fails with the new secret, and X is asked once more', async (t) => {
    const receiver = await Receiver.start('new');
    t.after(() => receiver.close());
    let first = 'new';
    let valid = true;
    const checkedWith: string[] = [];
    const x = {
      list: async () => [{ webhookId: '1', url: receiver.url, valid }],
      // This X still signs with the old secret.
      validate: async () => {
        checkedWith.push(first);
        valid = first === 'old';
      },
    };
    const proof = {
      x,
      url: receiver.url,
      app: 'default',
      command: commandLineFor({}, 'default'),
      clock: { now: Date.now },
      settleMs: 0,
      pauseMs: 0,
      patienceMs: 0,
      note: () => {},
      putBack: async () => {
        first = 'old';
      },
    };

    await assert.rejects(
      proveRotation({ clientSecrets: [{ value: 'new' }, { value: 'old' }], consumerSecrets: [] }, proof),
      { code: 'WEBHOOK_NOT_READY', message: /The old one stands first again, and X calls the webhook valid/ },
    );

    assert.deepEqual(checkedWith, ['new', 'old']);
  });
});

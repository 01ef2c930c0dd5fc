import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openValidationHold } from '../../cli/credentials/open-hold.ts';
import { resolveTarget } from '../../cli/target/target.ts';
import { isHeld } from '../../shared/domain/gaps/validation-hold.ts';
import { list, member } from '../../shared/domain/json.ts';
import { hmac } from '../local/x-emulator/receiver.ts';
import { createRecordingTerminal } from './recording-terminal.ts';
import { bearerToken, clientSecret, consumerSecret, startXStack, type XStack } from './x-stack.ts';

const old = 'made-up-old-client-secret';
const signatures = JSON.stringify({ clientSecrets: [{ value: old }], consumerSecrets: [{ value: consumerSecret }] });
const tokens = JSON.stringify({ bearerToken, clientId: 'id', clientSecret: old });
const env = { X_CLIENT_SECRET: clientSecret };

const entries = (stack: XStack, name = 'clientSecrets') => list(member(JSON.parse(stack.signatures() ?? '{}'), name));
const values = (stack: XStack) => entries(stack).map((entry) => member(entry, 'value'));
const isHeldNow = async ({ project }: XStack) => {
  const target = await resolveTarget({ local: true }, createRecordingTerminal({ directory: project.directory }));
  return isHeld(await (await openValidationHold(target, 'default')).heldUntil(), Date.now());
};

describe('gapless secrets rotate', () => {
  test('puts the new secret in front and waits until X’s own check passes with it, other checks held back', async (t) => {
    const stack = await startXStack(t, { signatures, tokens });
    const byTheStack = stack.receiver.crc;
    stack.receiver.crc = (token) => ({
      status: 200,
      body: JSON.stringify({ response_token: hmac(clientSecret, token) }),
    });
    await fetch(`${stack.x.url}/2/webhooks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearerToken}` },
      body: JSON.stringify({ url: stack.receiver.url }),
    });
    stack.receiver.crc = byTheStack;
    const held: boolean[] = [];
    const ask = async () => {
      held.push(await isHeldNow(stack));
      return clientSecret;
    };

    const { code, out } = await stack.gapless('secrets rotate --overlap 2h', { ask });

    assert.equal(code, 0);
    assert.match(
      out,
      /^X signs with the new client secret of app default: its check was answered with it and passed\./,
    );
    assert.deepEqual(held, [true]);
    assert.equal(await isHeldNow(stack), false);
    const [first, second] = entries(stack);
    assert.deepEqual(first, { value: clientSecret });
    const leftMs = Date.parse(String(member(second, 'validUntil'))) - Date.now();
    assert.ok(leftMs > 1.9 * 3_600_000 && leftMs <= 2 * 3_600_000, String(leftMs));
    assert.equal(member(JSON.parse(stack.tokens() ?? '{}'), 'clientSecret'), clientSecret);
    assert.equal(stack.receiver.crcs.length >= 3, true);
  });

  test('changes nothing where X does not take the new one, and lets checks go on', async (t) => {
    const stack = await startXStack(t, { signatures, tokens, x: { clientSecret: old } });

    const { code, notes } = await stack.gapless('secrets rotate', { env });

    assert.equal(code, 1);
    assert.match(notes, /Nothing was changed: X does not take it as the app's client secret/);
    assert.equal(stack.signatures(), signatures);
    assert.equal(await isHeldNow(stack), false);
  });

  test('puts it behind the old one when told to, and in front when X takes it at last', async (t) => {
    const early = await startXStack(t, { signatures, tokens, x: { clientSecret: old } });
    const late = await startXStack(t, { signatures, tokens });

    const behind = await early.gapless('secrets rotate --unchecked', { env });
    late.project.emulators.secrets.put('test/default', early.signatures() ?? '');
    await late.gapless('secrets rotate', { env });

    assert.match(behind.out, /of app default proves deliveries beside the old one\. Run this again when X takes it/);
    assert.deepEqual(values(early), [old, clientSecret]);
    assert.deepEqual(values(late), [clientSecret, old]);
  });

  test('of the consumer secret keeps to X’s word, since no check is answered with it', async (t) => {
    const before = { clientSecrets: [{ value: clientSecret }], consumerSecrets: [{ value: 'made-up-old-consumer' }] };
    const stack = await startXStack(t, { signatures: JSON.stringify(before), tokens });
    const keys = { X_CONSUMER_KEY: 'made-up-new-key', X_CONSUMER_SECRET: consumerSecret };

    const { code, out } = await stack.gapless('secrets rotate --kind consumer --overlap 0s', { env: keys });

    assert.equal(code, 0);
    assert.match(out, /^X takes the new consumer secret of app default\. Its checks go by the client secret/);
    assert.deepEqual(member(entries(stack, 'consumerSecrets')[0], 'value'), consumerSecret);
    assert.equal(member(JSON.parse(stack.tokens() ?? '{}'), 'consumerKey'), 'made-up-new-key');
  });

  test('says what it would do, and what there is not to rotate', async (t) => {
    const stack = await startXStack(t, { signatures });

    const { out } = await stack.gapless('secrets rotate --dry-run');
    const wrong = await stack.gapless('secrets rotate --overlap soon');
    const same = await stack.gapless('secrets rotate', { env: { X_CLIENT_SECRET: old } });
    const fresh = await (await startXStack(t)).gapless('secrets rotate', { env });

    assert.match(out, /^would hold back checks, then put a new client secret of app default before the old one/);
    assert.equal(await isHeldNow(stack), false);
    assert.equal(stack.signatures(), signatures);
    assert.match(wrong.notes, /--overlap "soon" is not a duration/);
    assert.match(same.notes, /this is the client secret that the stack has/);
    assert.match(fresh.notes, /has no consumer secret to rotate; gapless secrets set stores the first/);
  });
});

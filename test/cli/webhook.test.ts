import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { member } from '../../shared/domain/json.ts';
import { bearerToken, clientSecret, startXStack } from './x-stack.ts';

const signatures = JSON.stringify({ clientSecrets: [{ value: clientSecret }] });
const tokens = JSON.stringify({ bearerToken });

describe('gapless webhook', () => {
  test('registers the stack’s webhook, adopts it the next time, and shows it', async (t) => {
    const { gapless, receiver } = await startXStack(t, { signatures, tokens });

    const first = await gapless('webhook register --json');
    const second = await gapless('webhook register --json');
    const list = await gapless('webhook list --json');

    assert.deepEqual([first.code, second.code, list.code], [0, 0, 0], first.notes);
    const webhook: unknown = JSON.parse(first.out);
    const webhookId = member(webhook, 'webhookId');
    assert.deepEqual(webhook, { webhookId, url: receiver.url, valid: true, outcome: 'registered' });
    assert.deepEqual(JSON.parse(second.out), { webhookId, url: receiver.url, valid: true, outcome: 'adopted' });
    assert.deepEqual(JSON.parse(list.out), { webhookId, url: receiver.url, valid: true });
  });

  test('says what it would do', async (t) => {
    const { gapless, receiver } = await startXStack(t, { signatures, tokens });

    assert.equal((await gapless('webhook register --dry-run')).out, `would register ${receiver.url}`);
    await gapless('webhook register');
    assert.match((await gapless('webhook register --dry-run')).out, /^would adopt \d+ {2}valid/);
    assert.match((await gapless('webhook delete --dry-run')).out, /^would delete \d+ {2}valid/);
    assert.match((await gapless('webhook validate --dry-run')).out, /^would have X check \d+ {2}valid/);
    assert.equal(receiver.crcs.length, 2);
  });

  test('adopts and enables again what X had disabled', async (t) => {
    const { gapless, receiver, x } = await startXStack(t, { signatures, tokens });
    await gapless('webhook register');
    const right = receiver.crc;
    receiver.crc = () => ({ status: 200, body: '{"response_token":"sha256=wrong"}' });
    await fetch(`${x.url}/2/webhooks/${await idOf(gapless)}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${bearerToken}` },
    });
    await x.idle();
    assert.match((await gapless('webhook list')).out, / invalid /);

    receiver.crc = right;
    const { code, out } = await gapless('webhook register');

    assert.equal(code, 0);
    assert.match(out, /^adopted {2}\d+ {2}valid/);
  });

  test('asks before it deletes, and deletes', async (t) => {
    const { gapless } = await startXStack(t, { signatures, tokens });
    await gapless('webhook register');
    const answering = (answer: string) => ({ ask: async () => answer });

    const unasked = await gapless('webhook delete');
    const declined = await gapless('webhook delete', answering(''));
    const done = await gapless('webhook delete', answering('y'));
    const again = await gapless('webhook delete --yes');

    assert.deepEqual([unasked.code, declined.code, done.code, again.code], [2, 1, 0, 1]);
    assert.match(unasked.notes, /nobody is here to be asked; give --yes/);
    assert.match(declined.notes, /Nothing was changed/);
    assert.match(again.notes, /X has no webhook for .*; it has: none/);
  });

  test('names a redirect before X would meet it', async (t) => {
    const { gapless, receiver } = await startXStack(t, { signatures, tokens });
    receiver.crc = () => ({ status: 308, headers: { location: '/elsewhere' } });

    const { code, notes } = await gapless('webhook register');

    assert.equal(code, 1);
    assert.match(notes, /does not pass X's check\. It redirects \(308\), and X takes that for a failure at once/);
  });

  test('waits for a receiver that is not ready', async (t) => {
    const { gapless, receiver } = await startXStack(t, { signatures, tokens });
    const right = receiver.crc;
    receiver.crc = (token) => {
      receiver.crc = right;
      return token === '' ? 'hang' : { status: 503 };
    };

    const { code, notes } = await gapless('webhook register');

    assert.equal(code, 0);
    assert.match(notes, /waiting for .*: It answers 503: the receiver has no secret for app default yet/);
  });

  for (const [url, why] of [
    ['http://hooks.example.org/webhooks/x', 'X wants https'],
    ['https://hooks.example.org:443/webhooks/x', 'X wants no port in it'],
    [`https://hooks.example.org/${'x'.repeat(200)}`, 'it is longer than 200 characters'],
    ['hooks.example.org', 'it is not an https address'],
  ] as const) {
    test(`refuses ${url.slice(0, 40)} without asking X: ${why}`, async (t) => {
      const { gapless } = await startXStack(t, { signatures, tokens });

      const { code, notes } = await gapless(`webhook register --url ${url}`);

      assert.equal(code, 2);
      assert.ok(notes.includes(why), notes);
    });
  }

  for (const [name, given, why] of [
    [
      'a limit',
      { webhookLimit: 0 },
      /WebhookLimitExceeded.* as many webhooks as its tier allows.*gapless webhook delete ID/,
    ],
    [
      'another secret at X',
      { clientSecret: 'other' },
      /CrcValidationFailed.*the same check from here passed.*gapless secrets set/,
    ],
  ] as const) {
    test(`explains ${name}`, async (t) => {
      const { gapless } = await startXStack(t, { signatures, tokens, x: given });

      const { code, notes } = await gapless('webhook register');

      assert.equal(code, 1);
      assert.match(notes, why);
    });
  }

  test('says what to do about a wrong or a missing bearer token, and never shows one', async (t) => {
    const wrong = await startXStack(t, { signatures, tokens: '{"bearerToken":"made-up-wrong-token"}' });
    const missing = await startXStack(t, { signatures });

    const refused = await wrong.gapless('webhook list');
    const absent = await missing.gapless('webhook list');

    assert.match(refused.notes, /The bearer token is not one that X knows\. gapless secrets set/);
    assert.match(absent.notes, /App default has no bearer token.*gapless secrets set --local, or set X_BEARER_TOKEN/);
    assert.ok(!`${refused.out}${refused.notes}`.includes('made-up-wrong-token'));
  });
});

async function idOf(gapless: (line: string) => Promise<{ readonly out: string }>): Promise<string> {
  return String(member(JSON.parse((await gapless('webhook list --json')).out), 'webhookId'));
}

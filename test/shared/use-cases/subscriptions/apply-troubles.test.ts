import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { windowMs } from '../../../../shared/domain/subscriptions/call-window.ts';
import { lines, outcomes, startSubscribing, wantedBy } from './subscribing.ts';

const isPost = ({ method }: { readonly method: string }) => method === 'POST';

describe('while X is not at its best, apply', () => {
  const wanted = wantedBy({ id: '7', events: ['profile'] });
  const first = <T>(answer: T, times = 1) => {
    let left = times;
    return (call: { readonly method: string }) => (isPost(call) && left-- > 0 ? answer : undefined);
  };

  test('asks again when an answer was lost, and doubles nothing', async (t) => {
    const x = await startSubscribing(t);
    x.proxy.intercept = first('lose-answer');

    const results = await x.apply(wanted);

    assert.deepEqual(outcomes(results.slice(0, 2)), [
      'already create xaa profile.update.bio 7',
      'done create xaa profile.update.profile_picture 7',
    ]);
    assert.equal((await x.keys()).length, 9);
  });

  for (const [what, status, body] of [
    [
      '400 with a reason',
      400,
      { errors: [{ message: 'DuplicateSubscriptionFailed: there' }], title: 'Invalid Request' },
    ],
    ['400 with a message', 400, { errors: [{ message: 'Duplicate subscription found' }] }],
    ['409 with a title', 409, { title: 'DuplicateSubscription', detail: 'It is there.', status: 409 }],
  ] as const) {
    test(`adopts what X says is there already: ${what}`, async (t) => {
      const x = await startSubscribing(t);
      x.proxy.intercept = first({ status, body: JSON.stringify(body) });

      const [result] = await x.apply(wanted);

      assert.equal(result?.outcome.kind, 'already');
    });
  }

  for (const [what, answer] of [
    ['no body', { status: 204 }],
    ['a list', { status: 200, body: '{"data":[{"subscription_id":"5"}],"meta":{"total_subscriptions":1}}' }],
    ['a bare object', { status: 201, body: '{"data":{"subscription_id":"5"}}' }],
  ] as const) {
    test(`takes ${what} for a success`, async (t) => {
      const x = await startSubscribing(t);
      x.proxy.intercept = first(answer);

      const [result] = await x.apply(wanted);

      assert.equal(result?.outcome.kind, 'done');
    });
  }

  test('takes errors without data for a failure', async (t) => {
    const x = await startSubscribing(t);
    x.proxy.intercept = first({ status: 200, body: '{"errors":[{"title":"Not today"}]}' });

    const [result] = await x.apply(wanted);

    assert.deepEqual(result?.outcome, {
      kind: 'failed',
      why: { kind: 'refused', failure: { status: 200, detail: 'Not today' }, as: 'app' },
    });
  });

  test('stops when X is down, and the next run does the rest', async (t) => {
    const x = await startSubscribing(t);
    x.proxy.intercept = (call) => (isPost(call) ? { status: 503 } : undefined);

    const results = await x.apply(wanted);

    const kinds = results.map(({ outcome }) => outcome.kind);
    assert.deepEqual(kinds, [...Array(3).fill('failed'), ...Array(6).fill('not-tried')]);
    x.proxy.intercept = () => undefined;
    await x.apply(wanted);
    assert.deepEqual(lines(await x.plan(wanted)), []);
  });

  test('stops at once when X takes the app’s token no more', async (t) => {
    const x = await startSubscribing(t);
    const made = await x.plan(wanted);
    assert.equal(made.creates.length, 9);
    x.proxy.intercept = first({ status: 401, body: '{"title":"Unauthorized"}' });

    const results = await x.apply(wanted);

    const kinds = results.map(({ outcome }) => outcome.kind);
    assert.deepEqual(kinds, ['failed', ...Array(8).fill('not-tried')]);
  });

  test('waits for X’s limit to open, as the headers say', async (t) => {
    const x = await startSubscribing(t);
    const reset = Math.floor(x.clock.now() / 1_000) + 300;
    x.proxy.intercept = first({ status: 429, headers: { 'x-rate-limit-reset': String(reset) } });

    const results = await x.apply(wanted);

    assert.deepEqual([...new Set(results.map(({ outcome }) => outcome.kind))], ['done']);
    assert.deepEqual(x.clock.slept, [300_000]);
  });

  test('does not wait for a limit of a day', async (t) => {
    const x = await startSubscribing(t);
    const reset = Math.floor(x.clock.now() / 1_000) + 86_400;
    x.proxy.intercept = first({ status: 429, headers: { 'x-rate-limit-reset': String(reset) } });

    const [result] = await x.apply(wanted);

    assert.equal(result?.outcome.kind, 'failed');
    assert.deepEqual(x.clock.slept, []);
  });

  test('keeps to 500 calls in 15 minutes', async (t) => {
    const x = await startSubscribing(t);
    const many = wantedBy(...Array.from({ length: 260 }, (_, index) => ({ id: `${index + 1}`, events: ['spaces'] })));

    await x.apply(many);

    // 500 calls, the listing's three among them, then one wait, then the rest.
    assert.deepEqual(x.clock.slept, [windowMs]);
    assert.equal((await x.keys()).length, 520);
  });

  test('waits for the limit that others have spent, whichever account asks, and is never refused', async (t) => {
    const x = await startSubscribing(t, { accounts: ['7', '8'] });
    for (let left = 498; left > 0; left -= 1) await x.emulated.api('POST /2/activity/subscriptions', {});

    const results = await x.apply(wantedBy({ id: '7', events: ['mutes'] }, { id: '8', events: ['mutes'] }));

    assert.deepEqual([...new Set(results.map(({ outcome }) => outcome.kind))], ['done']);
    assert.deepEqual(x.clock.slept, [windowMs]);
    assert.deepEqual([...new Set(x.proxy.exchanges.map(({ status }) => status))], [200]);
  });
});

test('an Account Activity duplicate counts only if the account is on this webhook', async (t) => {
  const x = await startSubscribing(t, { accounts: ['7'] });
  const duplicate = { errors: [{ message: 'DuplicateSubscriptionFailed: Subscription already exists' }] };
  x.proxy.intercept = (call) => (isPost(call) ? { status: 400, body: JSON.stringify(duplicate) } : undefined);
  const wanted = wantedBy({ id: '7', events: ['all'], product: 'aaa' });

  assert.deepEqual(outcomes(await x.apply(wanted)), ['failed create aaa all 7']);
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { member } from '../../../../shared/domain/json.ts';
import { keysOnWebhook } from '../../../../shared/domain/subscriptions/present.ts';
import { createXClient } from '../../../../shared/x/api/client.ts';
import { presentSubscriptions } from '../../../../shared/x/api/subscriptions-present.ts';
import { loadXDescription, skipWithoutDescription } from '../../../support/x-description.ts';
import { bearerToken, lines, outcomes, startSubscribing, wantedBy } from './subscribing.ts';

const isPost = ({ method }: { readonly method: string }) => method === 'POST';

describe('an applied file', () => {
  test('leaves nothing to do, and X with exactly what it asks for', async (t) => {
    const x = await startSubscribing(t, { accounts: ['7', '8'] });
    const wanted = wantedBy(
      { id: '7', events: ['posts', 'likes'], direction: 'inbound', tag: 'seven' },
      { id: '8', events: ['all'], product: 'aaa' },
      { keyword: 'election' },
    );

    const results = await x.apply(wanted);

    assert.deepEqual([...new Set(results.map(({ outcome }) => outcome.kind))], ['done']);
    assert.deepEqual(lines(await x.plan(wanted)), []);
    assert.deepEqual(await x.keys(), [
      'aaa all 8',
      'xaa like.create 7 inbound',
      'xaa news.new "election"',
      'xaa post.create 7',
      'xaa post.delete 7',
      'xaa post.mention.create 7',
      'xaa post.quote.create 7',
      'xaa post.reply.create 7',
      'xaa post.repost.create 7',
    ]);
    assert.deepEqual(x.store.saved.at(-1)?.toSorted(), await x.keys());
  });

  test('that asks for less deletes the rest, many in one call', async (t) => {
    const x = await startSubscribing(t, { accounts: ['7'] });
    const ids = Array.from({ length: 15 }, (_, index) => String(index + 100));
    await x.apply([
      ...wantedBy(...ids.map((id) => ({ id, events: ['profile'] }))),
      ...wantedBy({ id: '7', product: 'aaa', events: ['all'] }),
    ]);

    await x.apply(wantedBy({ id: '100', events: ['profile.update.bio'] }));

    assert.deepEqual(await x.keys(), ['xaa profile.update.bio 100']);
    const deletes = x.proxy.exchanges.filter(({ method }) => method === 'DELETE');
    assert.deepEqual(
      deletes.map(({ url }) => url.searchParams.get('ids')?.split(',').length),
      [100, 34, undefined],
    );
    // The watcher must not miss what a run that is interrupted here has deleted.
    assert.deepEqual(x.store.saved.slice(-2), [['xaa profile.update.bio 100'], ['xaa profile.update.bio 100']]);
  });

  test('shows what was deleted at X as drift, to the plan and to the watcher', async (t) => {
    const x = await startSubscribing(t, { accounts: ['7', '8'] });
    const wanted = wantedBy({ id: '7', events: ['mutes'] }, { id: '8', events: ['all'], product: 'aaa' });
    await x.apply(wanted);
    const { activities } = await x.api.present(true).then((answer) => (answer.ok ? answer.value : assert.fail()));
    const [lost] = activities;
    await x.emulated.api(`DELETE /2/activity/subscriptions/${lost?.subscriptionId}`);
    await x.emulated.api(`DELETE /2/account_activity/webhooks/${x.home.webhookId}/subscriptions/8/all`);

    const client = createXClient({ baseUrl: x.proxy.url, bearerToken, timeoutMs: 5_000 });
    const seen = await presentSubscriptions(client, x.home.webhookId, x.store.saved.at(-1) ?? []);

    assert.deepEqual(seen, { ok: true, value: { keys: ['xaa mute.unmute 7'], elsewhere: 0 } });
    assert.deepEqual(lines(await x.plan(wanted)), ['create xaa mute.mute 7', 'create aaa all 8']);
  });

  test('moves an account to the X Activity API before it leaves the Account Activity API', async (t) => {
    const x = await startSubscribing(t, { accounts: ['7'] });
    await x.apply(wantedBy({ id: '7', events: ['all'], product: 'aaa' }));

    const results = await x.apply(wantedBy({ id: '7', events: ['likes'] }));

    assert.deepEqual(outcomes(results), ['done create xaa like.create 7', 'done delete aaa all 7']);
  });

  test('keeps what its replacement could not be created for, and deletes the rest', async (t) => {
    const x = await startSubscribing(t, { accounts: ['7'] });
    await x.apply(wantedBy({ id: '7', events: ['all'], product: 'aaa' }, { id: '8', events: ['post.create'] }));
    x.proxy.intercept = (call) => (isPost(call) ? { status: 403, body: '{"title":"Forbidden"}' } : undefined);

    const results = await x.apply(wantedBy({ id: '7', events: ['likes'] }));

    assert.deepEqual(outcomes(results), [
      'failed create xaa like.create 7',
      'held-back delete aaa all 7',
      'done delete xaa post.create 8',
    ]);
  });

  test('makes room first where X has none', async (t) => {
    const x = await startSubscribing(t, { accounts: ['7', '8'], accountSubscriptionLimit: 1 });
    await x.apply(wantedBy({ id: '7', events: ['all'], product: 'aaa' }));

    const results = await x.apply(wantedBy({ id: '8', events: ['all'], product: 'aaa' }));

    assert.deepEqual(outcomes(results), ['done create aaa all 8', 'done delete aaa all 7']);
    assert.deepEqual(await x.keys(), ['aaa all 8']);
  });

  test('tells of an account that has to log in, and does the rest', async (t) => {
    const x = await startSubscribing(t, { accounts: ['7'] });

    const results = await x.apply(
      wantedBy({ id: '8', events: ['likes', 'follow.follow'] }, { id: '7', events: ['likes'] }),
    );

    assert.deepEqual(outcomes(results), [
      'failed create xaa like.create 8',
      // An elevated tier needs no login for it.
      'done create xaa follow.follow 8',
      'done create xaa like.create 7',
    ]);
    assert.deepEqual(results[0]?.outcome, { kind: 'failed', why: { kind: 'login', why: 'it never logged in' } });
  });

  test('is refused without the login where the tier wants it', async (t) => {
    const x = await startSubscribing(t);
    x.proxy.intercept = (call) => (isPost(call) ? { status: 403, body: '{"title":"Forbidden"}' } : undefined);

    const results = await x.apply(wantedBy({ id: '8', events: ['follow.follow'] }));

    assert.deepEqual(results[0]?.outcome, { kind: 'failed', why: { kind: 'login', why: 'it never logged in' } });
  });
});

test('X names another webhook that has the same subscription: it is told, not doubled', async (t) => {
  const x = await startSubscribing(t);
  const other = await x.emulated.api('POST /2/webhooks', { url: `${x.emulated.receiver.url}/other` });
  const otherId = String(member(other.body, 'data', 'id'));
  x.webhookIds.add(otherId);
  const subscription = { event_type: 'spaces.start', filter: { user_id: '7' }, webhook_id: otherId };
  await x.emulated.api('POST /2/activity/subscriptions', subscription);

  const results = await x.apply(wantedBy({ id: '7', events: ['spaces'] }));

  assert.deepEqual(outcomes(results), ['elsewhere create xaa spaces.start 7', 'done create xaa spaces.end 7']);
  assert.deepEqual(results[0]?.outcome, { kind: 'elsewhere', webhookId: otherId });
});

test('what is for the stream only is turned to the webhook', async (t) => {
  const x = await startSubscribing(t);
  await x.emulated.api('POST /2/activity/subscriptions', { event_type: 'spaces.end', filter: { user_id: '7' } });
  const wanted = wantedBy({ id: '7', events: ['spaces.end'], tag: 'mine' });

  assert.deepEqual(outcomes(await x.apply(wanted)), ['done update xaa spaces.end 7']);

  const answer = await x.api.present(true);
  assert.deepEqual(answer.ok && keysOnWebhook(answer.value, x.home.webhookId), ['xaa spaces.end 7']);
  assert.deepEqual(lines(await x.plan(wanted)), []);
});

test('all that is said is as X describes it', { skip: skipWithoutDescription }, async (t) => {
  const x = await startSubscribing(t, { accounts: ['7'] });
  const description = loadXDescription(bearerToken);
  const wanted = wantedBy(
    { id: '7', events: ['all'], direction: 'outbound', tag: 'seven' },
    { id: '7', events: ['all'], product: 'aaa' },
    { keyword: 'election' },
  );
  await x.emulated.api('POST /2/activity/subscriptions', { event_type: 'spaces.end', filter: { user_id: '7' } });

  await x.apply(wanted);
  await x.apply(wanted);
  await x.apply([]);

  for (const exchange of x.proxy.exchanges) description.check(exchange);
  assert.deepEqual(await x.keys(), []);
  const methods = new Set(x.proxy.exchanges.map(({ method }) => method));
  assert.deepEqual([...methods].toSorted(), ['DELETE', 'GET', 'POST', 'PUT']);
});

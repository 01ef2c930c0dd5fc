import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createXClient } from '../../../../shared/x/api/client.ts';
import { listActivities } from '../../../../shared/x/api/subscriptions.ts';
import { bearerToken, startSubscribing } from './subscribing.ts';

describe('an app that X shows no Account Activity subscriptions', () => {
  for (const status of [403, 404, 410]) {
    test(`with ${status} has none, unless the file asks for one`, async (t) => {
      const x = await startSubscribing(t);
      x.proxy.intercept = ({ url }) =>
        url.pathname.startsWith('/2/account_activity') ? { status, body: '{"title":"No"}' } : undefined;

      assert.deepEqual(await x.api.present(false), { ok: true, value: { activities: [], accounts: [] } });
      assert.deepEqual(await x.api.present(true), { ok: false, failure: { status, detail: 'No' } });
    });
  }

  test('for want of an answer is not taken to have none', async (t) => {
    const x = await startSubscribing(t);
    x.proxy.intercept = ({ url }) => (url.pathname.startsWith('/2/account_activity') ? { status: 503 } : undefined);

    assert.equal((await x.api.present(false)).ok, false);
  });
});

test('a list of subscriptions is read to its last page, and one that X could not make is no empty one', async (t) => {
  const x = await startSubscribing(t);
  const page = (id: string, next?: string) =>
    JSON.stringify({
      data: [{ subscription_id: id, event_type: 'post.create', filter: { user_id: id } }],
      meta: { ...(next && { next_token: next }) },
    });
  const answers = [page('1', 'next-page-token-1'), page('2', 'next-page-token-2'), page('3')];
  x.proxy.intercept = ({ url }) => {
    const body = url.pathname === '/2/activity/subscriptions' ? answers.shift() : undefined;
    return body === undefined ? undefined : { status: 200, body };
  };

  const present = await x.api.present(false);
  answers.push('{"errors":[{"title":"Service Unavailable"}]}');
  const unable = await x.api.present(false);

  assert.deepEqual(present.ok && present.value.activities.map(({ subscriptionId }) => subscriptionId), ['1', '2', '3']);
  assert.equal(unable.ok, false);
});

test('a list that takes too long is none', async (t) => {
  const { proxy } = await startSubscribing(t);
  const late = new AbortController();
  let pages = 0;
  proxy.intercept = () => {
    pages += 1;
    late.abort();
    return { status: 200, body: '{"data":[],"meta":{"next_token":"next-page-token-1"}}' };
  };
  const client = createXClient({ baseUrl: proxy.url, bearerToken, timeoutMs: 5_000 });

  const listed = await listActivities(client, late.signal);

  assert.deepEqual([listed.ok, pages], [false, 1]);
});

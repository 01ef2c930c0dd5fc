import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sdkConfig } from '../../../local/sdk-config.ts';
import { createDynamoDbClient } from '../../../shared/aws/clients/dynamodb.ts';
import { parseStackOutputs } from '../../../shared/aws/stack-outputs.ts';
import { createWantedStore } from '../../../shared/aws/wanted-subscriptions.ts';
import type { PresentActivity } from '../../../shared/domain/subscriptions/present.ts';
import { createXClient } from '../../../shared/x/api/client.ts';
import { listActivities } from '../../../shared/x/api/subscriptions.ts';
import { presentSubscriptions } from '../../../shared/x/api/subscriptions-present.ts';
import { bearerToken } from '../../support/local-stack.ts';
import { startWatched, type Watched } from './driver.ts';
import { metricOf } from './metrics.ts';

describe('subscriptions', () => {
  let watched: Watched;
  before(async () => {
    watched = await startWatched();
  });
  after(() => watched.close());

  const client = () => createXClient({ baseUrl: watched.stack.xApiUrl, bearerToken, timeoutMs: 5_000 });
  const ask = async (method: string, path: string, body?: object, authorization = `Bearer ${bearerToken}`) => {
    const headers = { authorization, 'content-type': 'application/json' };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    assert.equal((await fetch(`${watched.stack.xApiUrl}${path}`, init)).ok, true);
  };
  /** Notes what X has as what is wanted, and returns the subscription to likes of one account. */
  const want = async (): Promise<PresentActivity> => {
    const listed = await listActivities(client());
    const present = await presentSubscriptions(client(), watched.webhookId, ['aaa all 29010112']);
    assert.ok(listed.ok && present.ok);
    const { stack } = watched;
    const dynamodb = createDynamoDbClient(sdkConfig(stack.endpoints.dynamodb));
    const { ledgerTable } = parseStackOutputs(stack.outputs, 'The local stack');
    await createWantedStore(dynamodb, ledgerTable).save('default', present.value.keys);
    dynamodb.destroy();
    const likes = listed.value.find(({ type }) => type === 'like.create');
    return likes ?? assert.fail('X has no subscription to likes');
  };
  const found = async () =>
    (await watched.readers.ledger.list('default')).filter(({ reason }) => reason === 'subscriptions');

  test('deleted at X are told by name and alarmed until they are there again, and nothing is replayed', async () => {
    const { subscriptionId, filter } = await want();
    await watched.minutes(16);
    assert.deepEqual(await found(), []);

    await ask('DELETE', `/2/activity/subscriptions?ids=${subscriptionId}`);
    await watched.minutes(16);
    const [drift, ...more] = await found();
    assert.deepEqual([drift?.state, drift?.toMs, more], ['open', null, []]);
    assert.equal(drift?.story.at(-1)?.line, `not subscribed at X: xaa like.create ${filter.userId}`);
    assert.equal((await metricOf(watched, 'subscriptionsMissing', 1)).at(-1), 1);

    const again = { event_type: 'like.create', filter: { user_id: filter.userId }, webhook_id: watched.webhookId };
    await ask('POST', '/2/activity/subscriptions', again, `OAuth oauth_token="${filter.userId}-local"`);
    await watched.minutes(16);
    assert.deepEqual(
      (await found()).map(({ state, toMs }) => [state, toMs === null]),
      [['lost', false]],
    );
    assert.equal((await metricOf(watched, 'subscriptionsMissing', 1)).at(-1), 0);
    assert.deepEqual([await watched.gaps(), watched.x.replays.list()], [[], []]);
  });
});

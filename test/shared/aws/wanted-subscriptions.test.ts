import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDbClient } from '../../../shared/aws/clients/dynamodb.ts';
import { createWantedStore } from '../../../shared/aws/wanted-subscriptions.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';

/** Keys that compress badly, as an upper bound of what ids do. */
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => `xaa post.create ${crypto.randomUUID()}${index}`);

describe('the store of wanted subscriptions', () => {
  let emulators: Emulators;
  let client: ReturnType<typeof createDynamoDbClient>;
  before(async () => {
    emulators = await startEmulators();
    client = createDynamoDbClient(emulators.dynamodb);
  });
  after(async () => {
    client.destroy();
    await emulators.close();
  });
  const store = () => createWantedStore(client, emulators.names.ledgerTable);

  test('knows nothing of an app that was never applied, and of each app what was applied last', async () => {
    assert.equal(await store().read('default'), undefined);

    await store().save('default', ['xaa news.new "a\\nb"', 'aaa all 7']);
    await store().save('eu', []);

    assert.deepEqual(await store().read('default'), ['xaa news.new "a\\nb"', 'aaa all 7']);
    assert.deepEqual(await store().read('eu'), []);
  });

  test('holds as many as X’s largest tiers allow, and then few again', async () => {
    const keys = many(40_000);

    await store().save('large', keys);
    assert.deepEqual(await store().read('large'), keys);
    await store().save('large', ['aaa all 7']);

    assert.deepEqual(await store().read('large'), ['aaa all 7']);
  });

  test('gives no part for the whole', async () => {
    await store().save('torn', many(40_000));
    const Key = { pk: { S: 'subscriptions#torn' }, sk: { S: 'wanted#0001' } };
    await client.send(new DeleteItemCommand({ TableName: emulators.names.ledgerTable, Key }));

    await assert.rejects(store().read('torn'), { code: 'ITEM_MALFORMED', message: /gapless subscriptions apply/ });
  });
});

import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { DynamoDBClient, ExecuteStatementCommand } from '@aws-sdk/client-dynamodb';
import { type Emulators, startEmulators } from '../support/emulators.ts';

const root = join(import.meta.dirname, '../..');
const document = await readFile(join(root, 'docs/data-model.md'), 'utf8');
const numbers = [...document.matchAll(/^### (\d+)\. /gm)].map(([, number]) => Number(number));
const statements = [...document.matchAll(/```sql\n(.*?)\n```/gs)].map(([, statement = '']) => statement);

describe('docs/data-model.md', () => {
  let emulators: Emulators;
  let client: DynamoDBClient;
  before(async () => {
    emulators = await startEmulators();
    client = new DynamoDBClient(emulators.dynamodb);
  });
  after(async () => {
    client.destroy();
    await emulators.close();
  });

  test('numbers its patterns without a gap', () => {
    assert.ok(numbers.length >= 9);
    assert.deepEqual(
      numbers,
      numbers.map((_, at) => at + 1),
    );
  });

  test('has every pattern that the code names', async () => {
    const named = new Set<number>();
    for await (const file of glob('shared/aws/**/*.ts', { cwd: root })) {
      const source = await readFile(join(root, file), 'utf8');
      for (const [, number] of source.matchAll(/\b[Pp]attern (\d+)/g)) named.add(Number(number));
    }
    assert.ok(named.size >= 8);
    assert.deepEqual(
      [...named].filter((number) => !numbers.includes(number)),
      [],
    );
  });

  test('has every partition key that the ledger has', async () => {
    const found = new Set<string>();
    for (const file of ['ledger-keys.ts', 'operator-keys.ts']) {
      const source = await readFile(join(root, 'shared/aws', file), 'utf8');
      for (const [, one, other] of source.matchAll(/\bpk: [`'](\w+)|: '(coverage|streamed)'/g))
        found.add(one ?? other ?? '');
    }
    assert.ok(found.size >= 15);
    assert.deepEqual(
      [...found].filter((start) => !new RegExp(`\\x60${start}(#|\\x60)`).test(document)),
      [],
    );
  });

  for (const statement of statements) {
    test(`has PartiQL that the tables understand: ${statement.slice(0, 60)}`, async () => {
      const { eventsTable, carriedPostsTable, ledgerTable } = emulators.names;
      const Statement = statement
        .replace('"Events"', `"${eventsTable}"`)
        .replace('"CarriedPosts"', `"${carriedPostsTable}"`)
        .replace('"Ledger"', `"${ledgerTable}"`);
      assert.notEqual(Statement, statement);
      await client.send(new ExecuteStatementCommand({ Statement }));
    });
  }
});

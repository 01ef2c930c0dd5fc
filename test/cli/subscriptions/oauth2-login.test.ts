import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { member } from '../../../shared/domain/json.ts';
import { person } from '../person.ts';
import { bearerToken, clientSecret, consumerSecret, startXStack } from '../x-stack.ts';

const signatures = JSON.stringify({ clientSecrets: [{ value: clientSecret }] });
const tokens = JSON.stringify({ bearerToken, consumerKey: 'key', consumerSecret, clientId: 'id', clientSecret });
const accounts = [
  { id: '77', events: ['like.create', 'dm.received'] },
  { id: '77', events: ['all'], product: 'aaa' },
];

test('private subscriptions are created by OAuth 2.0 login, once it has the scopes that are named', async (t) => {
  const stack = await startXStack(t, { signatures, tokens });
  await writeFile(join(stack.project.directory, 'subscriptions.json'), JSON.stringify({ accounts }));
  const { gapless } = stack;
  const logIn = (options: string) => gapless(`auth login --no-browser --port 0${options}`, person('77'));
  const subscribed = async () => {
    const { out } = await gapless('subscriptions list --json');
    const lines = out.split('\n').filter(Boolean);
    return lines.map((line): unknown => member(JSON.parse(line), 'subscription'));
  };
  assert.equal((await gapless('webhook register')).code, 0);
  assert.equal((await logIn(' --scopes tweet.read,users.read,like.read,offline.access')).code, 0);

  const planned = await gapless('subscriptions plan');
  const summary: unknown = JSON.parse((await gapless('subscriptions plan --json')).out.split('\n').at(-1) ?? '');
  const first = await gapless('subscriptions apply --yes');

  assert.match(
    planned.out,
    / {2}! account 77 has to log in again, to allow dm\.read dm\.write\n {4}→ gapless auth login --account 77 --local$/m,
  );
  assert.deepEqual(
    [member(summary, 'missingLogins'), member(summary, 'missingScopes')],
    [['77'], { 77: ['dm.read', 'dm.write'] }],
  );
  assert.equal(first.code, 1);
  assert.match(first.out, /created xaa like\.create 77$/m);
  assert.match(
    first.out,
    /not created xaa dm\.received 77: X answered 403 \(Forbidden\): the account's login lacks the scope dm\.read; get it with gapless auth login --account 77 --local\.$/m,
  );
  assert.match(first.out, /not created aaa all 77: .* lacks the scopes dm\.read dm\.write; get it with /m);

  assert.equal((await logIn(' --account 77')).code, 0);
  const second = await gapless('subscriptions apply --yes');

  assert.equal(second.code, 0, second.notes);
  assert.deepEqual(await subscribed(), ['aaa all 77', 'xaa dm.received 77', 'xaa like.create 77']);
  assert.match((await gapless('subscriptions plan')).out, /nothing to do, 3 as wanted/);
});

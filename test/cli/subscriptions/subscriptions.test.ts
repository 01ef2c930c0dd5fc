import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { createDynamoDbClient } from '../../../shared/aws/clients/dynamodb.ts';
import { createWantedStore } from '../../../shared/aws/wanted-subscriptions.ts';
import { member } from '../../../shared/domain/json.ts';
import { parsedLines, startSubscribingProject } from './subscribing-project.ts';

const small = { accounts: [{ id: '7', events: ['spaces', 'mutes'] }] };

describe('gapless subscriptions', () => {
  test('plan shows what would be done, by whom and at what price; apply does it, and list shows it', async (t) => {
    const { write, run, project } = await startSubscribingProject(t, { accounts: ['7'] });
    await write(small);

    const planned = await run('plan');

    assert.deepEqual([planned.code, planned.notes], [0, '']);
    const [head = '', ...rest] = planned.out.trimEnd().split('\n');
    assert.match(head, /^app default, webhook \d+: 4 to create, 0 to change, 0 to delete, 0 to keep$/);
    assert.deepEqual(rest, [
      '  + xaa spaces.start 7  by app',
      '  + xaa spaces.end 7    by app',
      '  + xaa mute.mute 7     by account (mute.read)',
      '  + xaa mute.unmute 7   by account (mute.read)',
      '  X Activity: 4 subscriptions, at most 1,500 of tier self-serve',
      "  X's fee per 1,000 delivered events (price list of 2026-08-22; X may have changed it)",
      '    mute.mute            $1.00  × 1',
      '    mute.unmute          $1.00  × 1',
      '    spaces.end           $5.00  × 1',
      '    spaces.start         $5.00  × 1',
    ]);

    const applied = await run('apply', '--yes');
    assert.equal(applied.code, 0, applied.notes);
    assert.match(applied.out, /^ {2}4\/4 created xaa mute\.unmute 7$/m);

    assert.match((await run('plan')).out, /nothing to do, 4 as wanted$/m);
    const listed = parsedLines((await run('list', '--json')).out);
    assert.deepEqual(
      listed.map((line) => [member(line, 'type'), member(line, 'account'), member(line, 'here')]),
      ['mute.mute', 'mute.unmute', 'spaces.end', 'spaces.start'].map((type) => [type, '7', true]),
    );
    assert.match((await run('list')).out, /^ {2}xaa spaces\.end 7 +\d+ {2}tag gapless:127\.0\.0\.1:\d+/m);

    const client = createDynamoDbClient(project.emulators.dynamodb);
    t.after(() => client.destroy());
    const stored = await createWantedStore(client, project.emulators.names.ledgerTable).read('default');
    assert.deepEqual(stored, ['xaa spaces.start 7', 'xaa spaces.end 7', 'xaa mute.mute 7', 'xaa mute.unmute 7']);
  });

  test('apply asks first, and without anybody to ask changes nothing; nor does --dry-run', async (t) => {
    const { write, run, subscribed } = await startSubscribingProject(t);
    await write(small);

    const unasked = await run('apply');
    const dry = await run('apply', '--dry-run', '--json');

    assert.equal(unasked.code, 2);
    assert.match(unasked.notes, /give --yes/);
    assert.equal(dry.code, 0);
    assert.deepEqual(
      parsedLines(dry.out).map((line) => member(line, 'action')),
      ['create', 'create', 'create', 'create', 'summary'],
    );
    assert.deepEqual(member(parsedLines(dry.out).at(-1), 'missingLogins'), ['7']);
    assert.deepEqual(await subscribed(), []);
  });

  test('apply tells of each line what to do about it, and fails', async (t) => {
    const { write, run, subscribed, proxy } = await startSubscribingProject(t);
    await write(small);
    const refuse = {
      status: 403,
      body: '{"title":"Client Forbidden","type":"https://api.x.com/2/problems/client-forbidden"}',
    };
    proxy.intercept = ({ requestBody }) => (requestBody.includes('spaces.end') ? refuse : undefined);

    const { code, out, notes } = await run('apply', '--yes');

    assert.equal(code, 1);
    assert.match(out, /created xaa spaces\.start 7$/m);
    assert.match(out, /not created xaa spaces\.end 7: X answered 403 \(Client Forbidden\): the app has no access/);
    assert.match(
      out,
      /not created xaa mute\.mute 7: Account 7 has to log in .*gapless auth login --account 7 --local$/m,
    );
    assert.match(notes, /3 not as wanted/);
    assert.deepEqual(await subscribed(), ['spaces.start 7']);
    const again = parsedLines((await run('apply', '--yes', '--json')).out);
    assert.deepEqual(
      again.map((line) => member(line, 'outcome')),
      ['failed', 'failed', 'failed'],
    );
  });

  for (const [what, file, expected] of [
    [
      'a misspelt event',
      { accounts: [{ id: '7', events: ['like'] }] },
      /accounts\[0\]\.events\[0\] "like" is no event.*Did you mean "likes"\?/,
    ],
    ['a misspelt member', { accounts: [{ id: '7', evnets: ['likes'] }] }, /Did you mean "events"\?/],
    ['what is no JSON', '{"accounts": [}', /line 1, column 15 is no JSON/],
  ] as const) {
    test(`names the place of ${what} in the file`, async (t) => {
      const { write, run, proxy } = await startSubscribingProject(t);
      await write(file);

      const { code, notes } = await run('plan');

      assert.equal(code, 1);
      assert.match(notes, expected);
      assert.equal(proxy.exchanges.length, 0);
    });
  }

  test('says how to begin: with a file, and with a webhook', async (t) => {
    const { write, run } = await startSubscribingProject(t, { isRegistered: false });

    assert.match((await run('plan')).notes, /subscriptions\.json is not there\. Write one/);
    await write(small);
    assert.match((await run('plan')).notes, /Register it with gapless webhook register --local\./);
  });

  test('goes on after Ctrl-C where it stopped: 100 accounts, three families, nothing twice', async (t) => {
    const ids = Array.from({ length: 100 }, (_, index) => String(1_000 + index));
    const { write, run, start, subscribed, proxy } = await startSubscribingProject(t, { accounts: ids });
    await write({ accounts: ids.map((id) => ({ id, events: ['likes', 'follows', 'spaces'] })) });
    let posts = 0;
    const child = start('apply', '--yes');
    child.stdout.resume();
    proxy.intercept = ({ method }) => {
      if (method === 'POST') posts += 1;
      if (posts === 250) child.kill('SIGINT');
      return undefined;
    };

    const [, signal] = await once(child, 'close');
    const half = (await subscribed()).length;
    const { code, out, notes } = await run('apply', '--yes');

    assert.equal(signal, 'SIGINT');
    assert.ok(half >= 249 && half <= 251, `${half}`);
    assert.equal(code, 0, notes);
    assert.match(out, new RegExp(`: ${500 - half} to create, 0 to change, 0 to delete, ${half} to keep$`, 'm'));
    const types = ['follow.follow', 'follow.unfollow', 'like.create', 'spaces.end', 'spaces.start'];
    assert.deepEqual(
      await subscribed(),
      types.flatMap((type) => ids.map((id) => `${type} ${id}`)),
    );
    const created = proxy.exchanges.filter(({ method, status }) => method === 'POST' && status === 200);
    assert.equal(created.length, 500);
    assert.match((await run('plan')).out, /nothing to do, 500 as wanted/);
  });
});

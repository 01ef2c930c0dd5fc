import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readOperatorCredentials } from '../../cli/credentials/operator-credentials.ts';
import { openUserTokens } from '../../cli/credentials/user-tokens.ts';
import { resolveTarget } from '../../cli/target/target.ts';
import { member } from '../../shared/domain/json.ts';
import { type Person, person } from './person.ts';
import { createRecordingTerminal } from './recording-terminal.ts';
import { clientSecret, consumerSecret, startXStack, type XStack } from './x-stack.ts';

const tokens = JSON.stringify({ consumerKey: 'key', consumerSecret, clientId: 'id', clientSecret });

const login = (stack: XStack, args: string, { note }: Person) =>
  stack.gapless(`auth login --no-browser --port 0${args}`, { note });
const user = (stack: XStack, id: string) => member(JSON.parse(stack.tokens() ?? '{}'), 'users', id);

describe('gapless auth', () => {
  test('logs an account in by OAuth 2.0 for the scopes that its subscriptions need, lists it and revokes it', async (t) => {
    const stack = await startXStack(t, { tokens });
    const file = JSON.stringify({
      accounts: [
        { id: '77', events: ['like.create'] },
        { id: '78', events: ['dms'] },
      ],
    });
    await writeFile(join(stack.project.directory, 'subscriptions.json'), file);
    const someone = person('77');

    const { code, out } = await login(stack, ' --account 77', someone);

    assert.equal(code, 0);
    assert.equal(out, 'logged in\n  77  oauth2  renewed when needed  like.read offline.access tweet.read users.read');
    const asked = new URL(someone.shown[0] ?? '').searchParams;
    assert.equal(asked.get('scope'), 'like.read offline.access tweet.read users.read');
    assert.match(asked.get('redirect_uri') ?? '', /^http:\/\/127\.0\.0\.1:\d+\/callback$/);

    const list = JSON.parse((await stack.gapless('auth list --json')).out);
    assert.deepEqual(Object.keys(list), ['userId', 'scheme', 'scopes', 'expiresAt', 'renewable']);

    const access = String(member(user(stack, '77'), 'accessToken'));
    const me = () => fetch(`${stack.x.url}/2/users/me`, { headers: { authorization: `Bearer ${access}` } });
    assert.equal((await me()).status, 200);
    const revoked = await stack.gapless('auth revoke 77 --yes');
    assert.equal(revoked.out, 'revoked the oauth2 login of account 77');
    assert.equal((await me()).status, 401);
    assert.equal(user(stack, '77'), undefined);
    assert.match((await stack.gapless('auth list')).notes, /No account has logged in yet: gapless auth login --local/);
  });

  test('asks for what any activity needs where no file says less, and for what it is told', async (t) => {
    const stack = await startXStack(t, { tokens });

    const anything = await stack.gapless('auth login --dry-run');
    const told = await stack.gapless('auth login --dry-run --scopes tweet.read,dm.read');

    assert.equal(
      anything.out,
      'would ask for the scopes block.read broadcast.read dm.read like.read mute.read offline.access tweet.read users.read, and wait on 127.0.0.1:8765',
    );
    assert.match(told.out, /the scopes tweet\.read dm\.read, and/);
  });

  test('logs an account in by OAuth 1.0a, and has X end that login', async (t) => {
    const stack = await startXStack(t, { tokens });

    const { code, out } = await login(stack, ' --scheme oauth1', person('88'));

    assert.deepEqual([code, out], [0, 'logged in\n  88  oauth1  no end']);
    assert.match(String(member(user(stack, '88'), 'token')), /^88-/);
    assert.equal((await stack.gapless('auth list')).out, '88  oauth1  no end');
    assert.equal((await stack.gapless('auth revoke 88 --dry-run')).out, 'would revoke the oauth1 login of account 88');

    const authorization = `OAuth oauth_token="${String(member(user(stack, '88'), 'token'))}"`;
    const me = async () => (await fetch(`${stack.x.url}/2/users/me`, { headers: { authorization } })).status;
    assert.equal(await me(), 200);
    assert.equal((await stack.gapless('auth revoke 88 --yes')).out, 'revoked the oauth1 login of account 88');
    assert.deepEqual([await me(), user(stack, '88')], [401, undefined]);
  });

  for (const scheme of ['oauth2', 'oauth1']) {
    test(`ends at X what another account allowed by ${scheme}, and not what it had allowed before`, async (t) => {
      const stack = await startXStack(t, { tokens });

      const other = person('78');
      await login(stack, ` --scheme ${scheme} --account 77`, other);
      assert.match(other.noted.join('\n'), /nothing was stored, and X took back what the account had allowed/);
      await login(stack, ` --scheme ${scheme}`, person('78'));
      const before = stack.tokens();
      const again = person('78');
      await login(stack, ` --scheme ${scheme} --account 77`, again);

      assert.match(again.noted.join('\n'), /nothing was stored, and the login it had before stays as it was/);
      assert.equal(stack.tokens(), before);
    });
  }

  for (const scheme of ['oauth2', 'oauth1']) {
    test(`stores nothing by ${scheme} when the account declines, is another, or the browser comes from elsewhere`, async (t) => {
      const stack = await startXStack(t, { tokens });
      const forged = (address: string) => address.replace(/(state|oauth_token)=[^&]*/, '$1=forged');

      const declined = await login(stack, ` --scheme ${scheme}`, person('77', 'cancel'));
      const other = await login(stack, ` --scheme ${scheme} --account 77`, person('78'));
      const strange = await login(stack, ` --scheme ${scheme}`, person('77', 'allow', forged));

      assert.deepEqual([declined.code, other.code, strange.code], [1, 1, 1]);
      assert.equal(stack.tokens(), tokens);
    });
  }

  test('says which keys a login needs', async (t) => {
    const { gapless } = await startXStack(t);

    const { code, notes } = await gapless('auth login');

    assert.equal(code, 1);
    assert.match(
      notes,
      /needs the consumer key and consumer secret of app default\. Store them with gapless secrets set/,
    );
  });

  test('renews the token of an account for whoever needs it, and says which command helps where it cannot', async (t) => {
    const stack = await startXStack(t, { tokens });
    await login(stack, ' --scheme oauth2', person('77'));
    const stored: unknown = JSON.parse(stack.tokens() ?? '{}');
    const old = member(stored, 'users', '77', 'accessToken');
    const expired = JSON.stringify(stored).replace(/"expiresAt":"[^"]*"/, '"expiresAt":"2020-01-01T00:00:00.000Z"');
    stack.project.emulators.secrets.put('test/default-tokens', expired);
    const terminal = createRecordingTerminal({ directory: stack.project.directory });
    const target = await resolveTarget({ local: true }, terminal);
    const tokenOf = await openUserTokens(
      target,
      await readOperatorCredentials(target, 'default', {}),
      (id) => `log in ${id}`,
    );

    const fresh = await tokenOf('77');

    assert.ok(fresh.scheme === 'oauth2' && fresh.accessToken !== old);
    await assert.rejects(tokenOf('78'), { code: 'LOGIN_REQUIRED', message: /log in 78$/ });
  });
});

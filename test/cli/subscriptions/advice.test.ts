import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loginCommandFor } from '../../../cli/credentials/login-command.ts';
import { failureAdvice } from '../../../cli/subscriptions/advice.ts';
import { commandLineFor } from '../../../cli/target/command-line.ts';
import { authFor } from '../../../shared/domain/subscriptions/auth.ts';
import { readFailure } from '../../../shared/x/api/failure.ts';

const likes = authFor({ product: 'xaa', type: 'like.create', filter: { userId: '7' } });
const all = authFor({ product: 'aaa', userId: '7' });
const command = commandLineFor({ local: true }, 'eu');
const commands = { command, login: loginCommandFor(command, 'eu.json') };
const advice = (status: number, body: unknown, asking?: Parameters<typeof failureAdvice>[2]) =>
  failureAdvice(readFailure({ status, body }), commands, asking);

describe('what X refuses leads to what to do:', () => {
  const reasoned = (reason: string) => ({ errors: [{ message: `${reason}: ` }], title: 'Invalid Request' });
  for (const [reason, expected] of [
    ['WebhookIdInvalid', /gapless webhook register --app eu --local/],
    ['SubscriptionLimitExceeded', /ask for fewer, or X for more/],
    ['SubscriptionNotFound', /gapless subscriptions plan --app eu --local again/],
    ['CrcValidationFailed', /gapless webhook validate --app eu --local/],
  ] as const) {
    test(reason, () => assert.match(advice(400, reasoned(reason)), expected));
  }

  for (const [status, asking, expected] of [
    [400, undefined, /change the file/],
    [401, undefined, /gapless secrets set --app eu --local/],
    [403, undefined, /its tier in X’s developer portal/],
    [429, undefined, /run the same command again later/],
    [503, undefined, /run the same command again later; what is done stays done/],
    [401, { auth: likes, as: 'oauth2' }, /gapless auth login --account 7 --file eu\.json --app eu --local\.$/],
    [403, { auth: likes, as: 'oauth2' }, /may lack the scope like\.read; .* other kind of login .* --scheme oauth1\.$/],
    [
      403,
      { auth: likes, as: 'oauth2', granted: ['tweet.read'] },
      /lacks the scope like\.read; get it with gapless auth login --account 7 --file eu\.json --app eu --local\.$/,
    ],
    [403, { auth: likes, as: 'oauth2', granted: ['like.read'] }, /has the scope like\.read; .* --scheme oauth1\.$/],
    [403, { auth: all, as: 'oauth2', granted: ['dm.read'] }, /lacks the scopes dm\.write tweet\.read users\.read; /],
    [403, { auth: likes, as: 'oauth1' }, /wants the other kind of login; .*--account 7 .* --scheme oauth2\.$/],
    [403, { auth: all, as: 'oauth1' }, /may lack the permission.* --scheme oauth2\.$/],
    [403, { auth: likes, as: 'app' }, /its tier in X’s developer portal/],
  ] as const) {
    test(`${status} ${asking === undefined ? '' : `with ${asking.as}`} ${asking?.granted ?? ''}`, () => {
      assert.match(advice(status, { title: 'No' }, asking), expected);
    });
  }

  test('no answer at all', () => {
    assert.match(
      failureAdvice({ detail: 'fetch failed' }, commands),
      /^X could not be reached \(fetch failed\): run the same/,
    );
  });
});

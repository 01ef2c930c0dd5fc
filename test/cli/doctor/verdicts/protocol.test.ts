import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isSlow, judgeCrc, judgeForgery, judgeOracle } from '../../../../cli/doctor/verdicts/crc.ts';
import { judgeSecrets } from '../../../../cli/doctor/verdicts/secrets.ts';
import { judgeWebhook } from '../../../../cli/doctor/verdicts/webhook.ts';
import { commandLineFor } from '../../../../cli/target/command-line.ts';
import type { CrcResult } from '../../../../cli/webhook/play-crc.ts';
import { fingerprint } from '../../../../shared/x/secret-rotation.ts';

const nowMs = Date.parse('2026-11-21T12:00:00Z');
const command = commandLineFor({ stack: 'Staging' }, 'brand');
const secrets = { clientSecrets: [{ value: 'client' }], consumerSecrets: [{ value: 'consumer' }] };
const none = { clientSecrets: [], consumerSecrets: [] };

describe('a command to mend with', () => {
  test('names the app and the stack where they are not the usual ones', () => {
    assert.equal(command('webhook register'), 'gapless webhook register --app brand --stack Staging');
    assert.equal(command('gaps show G', { ofApp: false }), 'gapless gaps show G --stack Staging');
    assert.equal(commandLineFor({ local: true }, 'default')('setup'), 'gapless setup --local');
    assert.equal(commandLineFor({}, 'default')('setup'), 'gapless setup');
  });
});

describe('secrets', () => {
  test('are named by kind and fingerprint', () => {
    const { status, seen } = judgeSecrets(secrets, nowMs, command);

    assert.equal(status, 'ok');
    assert.equal(seen, `live: client ${fingerprint('client')}, consumer ${fingerprint('consumer')}`);
  });

  test('fail when there is none, or none is live', () => {
    const ended = { ...none, clientSecrets: [{ value: 'client', validUntil: nowMs }] };

    assert.match(judgeSecrets(none, nowMs, command).seen, /^none is stored/);
    assert.match(judgeSecrets(ended, nowMs, command).seen, /^every entry has ended/);
    assert.deepEqual(
      [none, ended].map((one) => judgeSecrets(one, nowMs, command).status),
      ['fail', 'fail'],
    );
  });

  test('warn when the one that answers checks ends', () => {
    const ending = { ...none, clientSecrets: [{ value: 'client', validUntil: nowMs + 3 * 3_600_000 }] };

    const { status, seen, mend } = judgeSecrets(ending, nowMs, command);

    assert.equal(status, 'warn');
    assert.match(seen, /ends in 3 h$/);
    assert.equal(mend, 'gapless secrets rotate --app brand --stack Staging');
  });
});

describe('the challenge', () => {
  const judge = (result: CrcResult) => judgeCrc(result, secrets, { app: 'brand', nowMs, command });

  test('passed tells the secret and the time', () => {
    const { status, seen } = judge({ kind: 'passed', tookMs: 12 });

    assert.equal(status, 'ok');
    assert.equal(seen, `answered in 12 ms with the client secret ${fingerprint('client')}`);
  });

  test('answered near X’s limit is a warning', () => {
    assert.equal(judge({ kind: 'passed', tookMs: 2_900 }).status, 'warn');
    assert.ok(isSlow({ kind: 'too-slow' }) && !isSlow({ kind: 'passed', tookMs: 100 }));
  });

  for (const [result, mend] of [
    [{ kind: 'wrong-token', answeredWith: 'other-secret' }, /^gapless secrets end --dry-run --app brand/],
    [{ kind: 'wrong-token', answeredWith: 'unknown' }, /^gapless secrets set/],
    [{ kind: 'status', status: 503 }, /^gapless secrets set/],
    [{ kind: 'status', status: 500 }, /^docs\/runbook\.md#receiver-fails$/],
    [{ kind: 'too-slow' }, /^docs\/runbook\.md/],
    [{ kind: 'unreachable', why: 'nobody there' }, /^docs\/runbook\.md/],
  ] as const satisfies readonly (readonly [CrcResult, RegExp])[]) {
    test(`fails: ${JSON.stringify(result)}`, () => {
      const finding = judge(result);

      assert.equal(finding.status, 'fail');
      assert.match(finding.mend ?? '', mend);
    });
  }
});

describe('strangers', () => {
  test('get no signature for a token of their choice', () => {
    assert.equal(judgeOracle(400, '{"error":"bad crc_token"}').status, 'ok');
    assert.equal(judgeOracle(200, '{"response_token":"sha256=x"}').status, 'fail');
    assert.equal(judgeOracle(400, '{"response_token":"sha256=x"}').status, 'fail');
  });

  test('get 401 for a forged delivery', () => {
    assert.equal(judgeForgery(401).status, 'ok');
    assert.match(judgeForgery(200).seen, /forged events get in/);
    assert.deepEqual(
      [200, 403, 503].map((status) => judgeForgery(status).status),
      ['fail', 'fail', 'fail'],
    );
  });
});

describe('the webhook', () => {
  const url = 'https://hooks.example.org/webhooks/x';
  const webhook = { webhookId: '7', url, valid: true };

  test('is well when X has it as valid', () => {
    assert.equal(judgeWebhook([webhook], url, command).status, 'ok');
  });

  test('fails when X holds it for invalid, or has another', () => {
    const invalid = judgeWebhook([{ ...webhook, valid: false }], url, command);
    const other = judgeWebhook([{ ...webhook, url: 'https://other.example.org' }], url, command);

    assert.deepEqual([invalid.status, other.status], ['fail', 'fail']);
    assert.match(invalid.mend ?? '', /^gapless webhook validate 7 /);
    assert.match(other.seen, /it has: https:\/\/other\.example\.org$/);
    assert.equal(judgeWebhook([], url, command).seen, `X has none for ${url}`);
  });
});

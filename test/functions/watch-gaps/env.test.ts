import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { envNames, parseEnv } from '../../../functions/watch-gaps/env.ts';
import { defaultWatchRules } from '../../../shared/domain/gaps/watch-rules.ts';

const env = {
  [envNames.webhookUrls]: '{"default":"https://x.example.com/webhooks/x"}',
  [envNames.apiTokenSecretArns]: '{"default":"arn:tokens"}',
  [envNames.secretArns]: '{"default":"arn:signatures"}',
  [envNames.ledgerTable]: 'ledger',
  [envNames.ledgerRetentionDays]: '400',
  [envNames.queueName]: 'deliveries',
  [envNames.metricsNamespace]: 'Gapless/Test',
  [envNames.xApiBaseUrl]: 'https://api.x.com',
  [envNames.replayHorizonHours]: '24',
  [envNames.replayFromEmbargoMinutes]: '31',
  [envNames.replayToEmbargoMinutes]: '10',
  [envNames.heartbeatWindowSeconds]: '15',
};

describe('parseEnv of watch-gaps', () => {
  test('reads everything; the stack’s defaults are the rules’ own', () => {
    const { webhookUrls, rules, ...rest } = parseEnv(env);
    assert.deepEqual([...webhookUrls], [['default', 'https://x.example.com/webhooks/x']]);
    assert.deepEqual(rules, defaultWatchRules);
    assert.deepEqual([rest.ledgerTable, rest.ledgerRetentionDays, rest.queueName], ['ledger', 400, 'deliveries']);
  });

  test('lets the horizon, the embargo and the heartbeat’s window be set', () => {
    const set = {
      [envNames.replayHorizonHours]: '120',
      [envNames.replayFromEmbargoMinutes]: '0',
      [envNames.replayToEmbargoMinutes]: '0.5',
      [envNames.heartbeatWindowSeconds]: '300',
    };
    const { horizonMs, fromEmbargoMs, toEmbargoMs, heartbeatWindowMs } = parseEnv({ ...env, ...set }).rules;
    assert.deepEqual([horizonMs, fromEmbargoMs, toEmbargoMs, heartbeatWindowMs], [432_000_000, 0, 30_000, 300_000]);
  });

  test('looks at the stream where the stack reads it', () => {
    assert.equal(parseEnv(env).stream, false);
    assert.equal(parseEnv({ ...env, [envNames.stream]: 'on' }).stream, true);
  });

  const broken: readonly (readonly [string, string | undefined, RegExp])[] = [
    [envNames.ledgerTable, undefined, /LEDGER_TABLE is missing/],
    [envNames.webhookUrls, 'https://x.example.com', /WEBHOOK_URLS is not JSON/],
    [envNames.webhookUrls, '["a"]', /WEBHOOK_URLS is no object/],
    [envNames.secretArns, '{"default":""}', /SECRET_ARNS has no text for default/],
    [envNames.replayHorizonHours, 'a day', /REPLAY_HORIZON_HOURS is not a number/],
    [envNames.replayToEmbargoMinutes, '-1', /REPLAY_TO_EMBARGO_MINUTES is not a number of 0 or more/],
  ];
  for (const [name, value, message] of broken) {
    test(`refuses ${name} as ${value}`, () => {
      assert.throws(() => parseEnv({ ...env, [name]: value }), { code: 'SETTING_INVALID', message });
    });
  }
});

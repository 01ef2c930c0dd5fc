import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseSettings } from '../../infra/settings.ts';
import { GaplessError } from '../../shared/errors.ts';

const certificateArn = 'arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000';

describe('parseSettings', () => {
  test('needs nothing', () => {
    assert.deepEqual(parseSettings({}), {
      stackName: 'Gapless',
      apps: ['default'],
      logLevel: 'INFO',
      logRetention: 30,
      ledgerRetentionDays: 400,
      frontDoor: 'http-api',
      throttle: { rate: 5000, burst: 5000 },
      payloadEncoding: 'plain',
      recorder: { batchSize: 10, batchWindowSeconds: 0, maxConcurrency: 50 },
      replay: { horizonHours: 24, fromEmbargoMinutes: 31, toEmbargoMinutes: 10 },
      stream: 'off',
      streamMemoryMb: 256,
    });
  });

  test('reads text from the command line and JSON from cdk.json alike', () => {
    const asText = {
      apps: 'default,brand-2',
      logRetentionDays: '7',
      throttleRate: '100',
      recorderBatchSize: '100',
      recorderBatchWindowSeconds: '5',
    };
    const asJson = {
      apps: ['default', 'brand-2'],
      logRetentionDays: 7,
      throttleRate: 100,
      recorderBatchSize: 100,
      recorderBatchWindowSeconds: 5,
    };
    assert.deepEqual(parseSettings(asText), parseSettings(asJson));
    assert.deepEqual(parseSettings(asText).apps, ['default', 'brand-2']);
    assert.equal(parseSettings(asText).recorder.batchSize, 100);
  });

  test('takes an empty value for an absent one, so that cdk.json can be overruled', () => {
    assert.deepEqual(parseSettings({ alarmEmail: '', apps: null }), parseSettings({}));
  });

  test('takes a domain with its certificate, the hosted zone as it likes', () => {
    const domain = { domainName: 'x.example.com', certificateArn };
    assert.deepEqual(parseSettings(domain).customDomain, { name: 'x.example.com', certificateArn });
    assert.equal(parseSettings({ ...domain, hostedZoneId: 'Z0EXAMPLE' }).customDomain?.hostedZoneId, 'Z0EXAMPLE');
  });

  test('lets what belongs to CDK and its tools pass', () => {
    const foreign = { '@aws-cdk/core:something': true, 'aws:cdk:bundling-stacks': ['**'], 'cli-telemetry': false };
    assert.deepEqual(parseSettings(foreign), parseSettings({}));
  });

  const refused: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
    ['a stack name that CloudFormation refuses', { stackName: '1st' }, /stackName is "1st".*a letter first/],
    ['no app', { apps: [] }, /apps is \[\]; it must be at least one/],
    ['an app that is no name', { apps: 'default,Brand' }, /apps is "default,Brand"/],
    ['an app over 32 characters', { apps: 'a'.repeat(33) }, /apps/],
    ['an app named twice', { apps: 'a,a' }, /each once/],
    ['an app that is no text', { apps: ['a', 1] }, /apps/],
    ['apps that are no list', { apps: { a: true } }, /apps/],
    ['a number that is none', { throttleRate: 'many' }, /throttleRate is "many"; it must be a whole number from 1/],
    ['a number with a fraction', { throttleBurst: 1.5 }, /throttleBurst/],
    ['a blank number', { throttleBurst: ' ' }, /throttleBurst/],
    [
      'a retention that CloudWatch has not',
      { logRetentionDays: 8 },
      /logRetentionDays is 8; it must be one of 1, 3, 5/,
    ],
    ['logs kept for ever', { logRetentionDays: 9999 }, /logRetentionDays/],
    ['a ledger shorter than the replay horizon needs', { ledgerRetentionDays: 3 }, /from 14 to 3650/],
    ['an unknown log level', { logLevel: 'info' }, /one of DEBUG, INFO, WARN, ERROR/],
    ['an e-mail address that is none', { alarmEmail: 'nobody' }, /alarmEmail.*an e-mail address/],
    ['one concurrent batch, which Lambda refuses', { recorderMaxConcurrency: 1 }, /from 2 to 1000/],
    ['a large batch without a window', { recorderBatchSize: 11 }, /needs recorderBatchWindowSeconds of 1 or more/],
    ['a domain without a certificate', { domainName: 'x.example.com' }, /domainName and certificateArn together/],
    ['a hosted zone alone', { hostedZoneId: 'Z0EXAMPLE' }, /domainName and certificateArn together/],
    ['an address for a domain', { domainName: 'https://x.example.com', certificateArn }, /a lower-case host name/],
    ['a certificate that is no ARN', { domainName: 'x.example.com', certificateArn: 'mine' }, /certificateArn/],
    ['a horizon beyond X’s five days', { replayHorizonHours: 121 }, /from 1 to 120/],
    ['an embargo before its time', { replayToEmbargoMinutes: -1 }, /replayToEmbargoMinutes/],
    ['an encoding that nobody reads', { payloadEncoding: 'gzip' }, /one of plain, compact/],
    ['an unknown door', { frontDoor: 'alb' }, /one of http-api, function-url/],
    ['a receiver that takes nothing', { receiverConcurrency: 0 }, /receiverConcurrency/],
    [
      'a domain of a function URL, which takes none',
      { frontDoor: 'function-url', domainName: 'x.example.com', certificateArn },
      /takes no other.*Leave domainName/,
    ],
    [
      'a throttle of a function URL, which has none',
      { frontDoor: 'function-url', throttleBurst: 10 },
      /has no throttle.*receiverConcurrency instead/,
    ],
    ['a stream that is neither on nor off', { stream: true }, /stream is true; it must be one of on, off/],
    ['less memory for the stream than its reader needs', { streamMemoryMb: 128 }, /from 256 to 3008/],
    ['a mistyped key', { throtleRate: 5 }, /no setting named throtleRate. Use one of .*throttleRate/],
  ];
  for (const [what, context, message] of refused) {
    test(`refuses ${what}`, () => {
      assert.throws(
        () => parseSettings(context),
        (error) => error instanceof GaplessError && error.code === 'SETTING_INVALID' && message.test(error.message),
      );
    });
  }
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GaplessError } from '../../../shared/errors.ts';
import { crcKey, isFilled, liveValues, parseAppSecrets } from '../../../shared/x/app-secrets.ts';

const end = Date.parse('2026-12-01T00:00:00Z');
const entry = (value: string, validUntil?: string) => ({ value, ...(validUntil && { validUntil }) });
const parse = (secrets: object) => parseAppSecrets(JSON.stringify(secrets));

describe("an app's secrets", () => {
  test('are lists whose entries may end', () => {
    const secrets = parse({ clientSecrets: [entry('new'), entry('old', '2026-12-01T00:00:00Z')] });
    assert.deepEqual(liveValues(secrets.clientSecrets, end - 1), ['new', 'old']);
    assert.deepEqual(liveValues(secrets.clientSecrets, end), ['new']);
    assert.deepEqual(secrets.consumerSecrets, []);
  });

  test('take an end with another zone, or a date alone', () => {
    const secrets = parse({ consumerSecrets: [entry('a', '2026-12-01T02:00:00.000+02:00'), entry('b', '2026-12-01')] });
    assert.deepEqual(
      secrets.consumerSecrets.map(({ validUntil }) => validUntil),
      [end, end],
    );
  });

  test('answer the CRC with the first live client secret, else the first live consumer secret', () => {
    const secrets = parse({
      consumerSecrets: [entry('consumer')],
      clientSecrets: [entry('ended', '2020-01-01'), entry('client', '2026-12-01')],
    });
    assert.equal(crcKey(secrets, end - 1), 'client');
    assert.equal(crcKey(secrets, end), 'consumer');
    assert.equal(crcKey(parse({ clientSecrets: [entry('ended', '2020-01-01')] }), end), undefined);
  });

  test('are not filled as the deployment creates them', () => {
    assert.equal(isFilled(parse({ consumerSecrets: [], clientSecrets: [] })), false);
    assert.equal(isFilled(parse({})), false);
    assert.equal(isFilled(parse({ consumerSecrets: [entry('consumer')] })), true);
  });

  for (const [what, text, place] of [
    ['cut off', '{"consumerSecrets":[{"value":"hush-hush"}', 'not JSON'],
    ['plain text', 'hush-hush', 'not JSON'],
    ['a list', '["hush-hush"]', 'not an object'],
    ['lists of text', '{"clientSecrets":["hush-hush"]}', 'clientSecrets[0] '],
    ['no list', '{"clientSecrets":"hush-hush"}', 'clientSecrets is'],
    ['a value with a line end', '{"clientSecrets":[{"value":"hush-hush\\n"}]}', 'clientSecrets[0].value'],
    ['an empty value', '{"consumerSecrets":[{"value":"hush-hush"},{"value":""}]}', 'consumerSecrets[1].value'],
    ['an end that is no time', '{"clientSecrets":[{"value":"hush-hush","validUntil":"soon"}]}', '[0].validUntil'],
    ['an end without a zone', '{"clientSecrets":[{"value":"hush-hush","validUntil":"2026-12-01T00:00:00"}]}', 'zone'],
  ] as const) {
    test(`that are malformed (${what}) are refused by place, without their content`, () => {
      assert.throws(
        () => parseAppSecrets(text),
        (error) =>
          error instanceof GaplessError &&
          error.code === 'SECRET_MALFORMED' &&
          error.message.includes(place) &&
          error.cause === undefined &&
          !error.message.includes('hush'),
      );
    });
  }
});

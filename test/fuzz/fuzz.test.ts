import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadCorpus } from './input/corpus.ts';
import { nowMs } from './input/secrets.ts';
import { checkOtherParsers } from './properties/other-parsers.ts';
import { checkRecording } from './properties/recording.ts';
import { checkSplitting } from './properties/splitting.ts';
import { checkStreamLines } from './properties/stream-lines.ts';
import { runChunk } from './run/chunk.ts';

const receivedAt = new Date(nowMs).toISOString();

describe('whatever comes', () => {
  test('of the corpus is found, kept and stored as sent', async () => {
    for (const [seed, body] of loadCorpus().entries()) {
      checkSplitting(body, seed * 4);
      checkOtherParsers(body);
      checkStreamLines(body, seed);
      await checkRecording({
        app: 'default',
        via: 'webhook',
        scheme: 'oauth2',
        receivedAt,
        traceId: 'request-1',
        body,
      });
    }
  });

  test('of mutations is answered as documented, and found, kept and stored as sent', async () => {
    const { failure, inputs, statuses } = await runChunk({ seed: 1, inputs: 4_000 });
    assert.equal(failure, undefined);
    assert.equal(inputs, 4_000);
    for (const status of [200, 400, 401, 404, 405, 500, 503]) assert.ok(statuses[status], `${status} came`);
  });
});

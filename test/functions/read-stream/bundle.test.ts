import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { bundleFunctions, type FunctionBundle } from '../../../infra/bundle.ts';

describe("the stream reader's bundle", () => {
  let outDir = '';
  let bundle: FunctionBundle | undefined;
  before(async () => {
    outDir = await mkdtemp(join(tmpdir(), 'gapless-reader-'));
    bundle = (await bundleFunctions({ outDir })).find(({ name }) => name === 'read-stream');
  });
  after(() => rm(outDir, { recursive: true, force: true }));

  test('loads the clients of SQS, DynamoDB and Secrets Manager at a start, and no other', () => {
    assert.ok(bundle && bundle.initBytes > 100_000 && bundle.initBytes < 500_000, `${bundle?.initBytes} bytes`);
  });

  for (const part of ['claim-checks', 'connections']) {
    test(`has ${part} in a chunk that is loaded only when it is needed`, () => {
      assert.ok(Object.keys(bundle?.files ?? {}).some((path) => path.includes(part)));
    });
  }
});

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { bundleFunctions, type FunctionBundle } from '../../../infra/bundle.ts';

describe("the recorder's bundle", () => {
  let outDir = '';
  let bundle: FunctionBundle | undefined;
  before(async () => {
    outDir = await mkdtemp(join(tmpdir(), 'gapless-recorder-'));
    bundle = (await bundleFunctions({ outDir })).find(({ name }) => name === 'record-events');
  });
  after(() => rm(outDir, { recursive: true, force: true }));

  test("loads DynamoDB's client at a cold start and no other", () => {
    assert.ok(bundle && bundle.initBytes > 100_000 && bundle.initBytes < 500_000, `${bundle?.initBytes} bytes`);
  });

  for (const part of ['large-bodies', 'dead-letter-queue']) {
    test(`has ${part} with its client in chunks that are loaded only when a record needs them`, () => {
      assert.ok(Object.keys(bundle?.files ?? {}).some((path) => path.includes(part)));
    });
  }
});

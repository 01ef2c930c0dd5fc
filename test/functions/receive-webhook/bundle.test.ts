import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { bundleFunctions, type FunctionBundle } from '../../../infra/bundle.ts';

describe("the receiver's bundle", () => {
  let outDir = '';
  let bundle: FunctionBundle | undefined;
  before(async () => {
    outDir = await mkdtemp(join(tmpdir(), 'gapless-receiver-'));
    bundle = (await bundleFunctions({ outDir })).find(({ name }) => name === 'receive-webhook');
  });
  after(() => rm(outDir, { recursive: true, force: true }));

  test('loads less than 450 kB at a cold start', () => {
    assert.ok(bundle && bundle.initBytes > 100_000 && bundle.initBytes < 450_000);
  });

  test("has S3's client in a chunk that is loaded only when a body is too large for the queue", () => {
    const [chunk, bytes] = Object.entries(bundle?.files ?? {}).find(([path]) => path.includes('claim-checks')) ?? [];
    assert.ok(chunk && bytes && bytes > 100_000);
  });
});

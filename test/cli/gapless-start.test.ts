import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import packageJson from '../../package.json' with { type: 'json' };
import { gapless, gaplessFile, oldNode } from './gapless-process.ts';

describe('the program gapless', () => {
  test('runs', async () => {
    assert.deepEqual(await gapless(['--version']), { code: 0, out: `${packageJson.version}\n`, notes: '' });
  });

  test('runs on the Node of the project where the machine has an old one, and ends as it does', async () => {
    const { code, out, notes } = await gapless(['sned'], { nodeArguments: [oldNode] });

    assert.deepEqual([code, out], [2, '']);
    assert.match(notes, /no command "sned"/);
  });

  test('says which Node it needs where there is none', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'gapless-start-'));
    await cp(gaplessFile, join(elsewhere, 'gapless.mjs'));

    const { status, stderr } = spawnSync(process.execPath, [oldNode, join(elsewhere, 'gapless.mjs')], {
      encoding: 'utf8',
    });

    await rm(elsewhere, { recursive: true });
    assert.equal(status, 1);
    assert.match(stderr, /^gapless cannot start: it needs Node\.js 24 or newer/);
  });
});

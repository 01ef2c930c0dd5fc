import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import packageJson from '../../package.json' with { type: 'json' };
import { gapless, gaplessFile } from './gapless-process.ts';

/** Makes this Node say that it is an old one. */
const oldNode = `--import=data:text/javascript,${encodeURIComponent(
  "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })",
)}`;

describe('the program gapless', () => {
  test('runs', async () => {
    assert.deepEqual(await gapless(['--version']), { code: 0, out: `${packageJson.version}\n`, notes: '' });
  });

  test('runs on the Node of the project where the machine has an old one, and ends as it does', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [oldNode, gaplessFile, 'sned'], {
      encoding: 'utf8',
    });

    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /no command "sned"/);
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

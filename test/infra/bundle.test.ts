import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { bundleFunctions } from '../../infra/bundle.ts';

const sources = {
  'greet/index.ts': `
    import { name } from './name.ts';
    export const handler = async (polite: boolean): Promise<string> =>
      polite ? (await import('./polite.ts')).greeting() + name() : 'Oi, ' + name();
  `,
  'greet/name.ts': `export const name = (): string => ['A', 'da'].join('');`,
  'greet/polite.ts': `
    import { name } from './name.ts';
    export const greeting = () => 'My dear friend (whose name is ' + name() + '), ';
  `,
  'count/index.ts': `import { cpus } from 'node:os'; export const handler = () => cpus().length;`,
};

describe('bundleFunctions', () => {
  let dir = '';
  const functionsDir = () => join(dir, 'functions');
  const bundle = (outDir: string) => bundleFunctions({ functionsDir: functionsDir(), outDir: join(dir, outDir) });

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'gapless-bundle-'));
    for (const [path, source] of Object.entries(sources)) {
      await mkdir(dirname(join(functionsDir(), path)), { recursive: true });
      await writeFile(join(functionsDir(), path), source);
    }
  });
  after(() => rm(dir, { recursive: true, force: true }));

  test('gives each function a folder that runs by itself', async () => {
    const bundles = await bundle('out');
    assert.deepEqual(
      bundles.map(({ name }) => name),
      ['count', 'greet'],
    );
    const { handler } = await import(pathToFileURL(join(dir, 'out/greet/index.mjs')).href);
    assert.equal(await handler(false), 'Oi, Ada');
    assert.equal(await handler(true), 'My dear friend (whose name is Ada), Ada');
  });

  test('keeps what is imported dynamically out of the bytes that a cold start loads', async () => {
    const [, greet] = await bundle('out');
    assert.ok(greet);
    const paths = Object.keys(greet.files);
    const total = Object.values(greet.files).reduce((sum, bytes) => sum + bytes, 0);
    assert.ok(paths.some((path) => path.startsWith('chunks/polite-')));
    assert.ok(greet.initBytes > (greet.files['index.mjs'] ?? 0), 'the shared chunk belongs to the start');
    assert.ok(greet.initBytes < total, 'the dynamic one does not');
  });

  test('writes the same bytes wherever it writes', async () => {
    const [one, two] = await Promise.all([bundle('one'), bundle('two')]);
    assert.deepEqual(
      one.map(({ files }) => files),
      two.map(({ files }) => files),
    );
    for (const path of Object.keys(one[1]?.files ?? {})) {
      assert.deepEqual(await readFile(join(dir, 'one/greet', path)), await readFile(join(dir, 'two/greet', path)));
    }
  });

  test('leaves a current file alone and takes away one that no longer belongs', async () => {
    await bundle('again');
    const entry = join(dir, 'again/greet/index.mjs');
    const written = await stat(entry);
    await writeFile(join(dir, 'again/greet/chunks/old.mjs'), 'export {};');
    await bundle('again');
    assert.equal((await stat(entry)).ino, written.ino);
    assert.ok(!(await readdir(join(dir, 'again/greet/chunks'))).includes('old.mjs'));
  });

  test('rejects when a function does not compile', async () => {
    const broken = join(dir, 'broken');
    await mkdir(join(broken, 'oops'), { recursive: true });
    await writeFile(join(broken, 'oops/index.ts'), 'export const handler = ;');
    await assert.rejects(bundleFunctions({ functionsDir: broken, outDir: join(dir, 'out-broken') }), /Unexpected ";"/);
  });
});

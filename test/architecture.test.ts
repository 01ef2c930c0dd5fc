import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { describe, test } from 'node:test';

const root = join(import.meta.dirname, '..');
const folders = ['infra', 'functions', 'shared', 'cli', 'local'];
const importPattern = /(?:from|import)\s*\(?\s*'([^']+)'/g;

interface Import {
  readonly file: string;
  /** Path from the root for the project's own files, the specifier for packages and node's modules. */
  readonly target: string;
  readonly own: boolean;
}

const imports: Import[] = [];
for await (const file of glob(`{${folders.join(',')}}/**/*.{ts,mjs}`, { cwd: root })) {
  const source = await readFile(join(root, file), 'utf8');
  for (const match of source.matchAll(importPattern)) {
    const specifier = match[1] ?? '';
    const own = specifier.startsWith('.');
    imports.push({ file, target: own ? relative(root, join(root, dirname(file), specifier)) : specifier, own });
  }
}

/** Who may import from whom among the top-level folders, beside itself. */
const directions: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  functions: ['shared'],
  cli: ['shared'],
  local: ['shared', 'infra'],
  infra: ['functions', 'shared'],
};

const within = (folder: string) => (path: string) => path === folder || path.startsWith(`${folder}/`);
const show = (found: readonly Import[]) => found.map(({ file, target }) => `${file} imports ${target}`);

describe('imports', () => {
  test('exist, so that the rules below look at the real graph', () => {
    assert.ok(imports.length > 50);
    assert.deepEqual(show(imports.filter(({ target, own }) => own && !existsSync(join(root, target)))), []);
  });

  for (const [folder, allowed] of Object.entries(directions)) {
    test(`of ${folder} reach only ${['itself', ...allowed].join(', ')}`, () => {
      const wrong = imports.filter(
        ({ file, target, own }) =>
          own && within(folder)(file) && ![folder, ...allowed].some((name) => within(name)(target)),
      );
      assert.deepEqual(show(wrong), []);
    });
  }

  test('of shared/domain stay inside it: it is pure', () => {
    const wrong = imports.filter(
      ({ file, target, own }) => within('shared/domain')(file) && !(own && within('shared/domain')(target)),
    );
    assert.deepEqual(show(wrong), []);
  });

  test('of the use cases know no AWS adapter and no SDK', () => {
    const wrong = imports.filter(
      ({ file, target }) =>
        within('shared/use-cases')(file) && (within('shared/aws')(target) || target.startsWith('@aws-sdk/')),
    );
    assert.deepEqual(show(wrong), []);
  });

  test('of the AWS SDK and of X’s SDK stand only in the adapters, and where AWS is played locally', () => {
    const sdk = /^(@aws-sdk|@smithy|@xdevplatform)\//;
    const homes = ['shared/aws', 'shared/x', 'local'];
    const wrong = imports.filter(({ file, target }) => sdk.test(target) && !homes.some((home) => within(home)(file)));
    assert.deepEqual(show(wrong), []);
  });

  test('of one function do not reach into another', () => {
    const functionOf = (path: string) => path.split('/')[1];
    const wrong = imports.filter(
      ({ file, target, own }) =>
        own && within('functions')(file) && within('functions')(target) && functionOf(file) !== functionOf(target),
    );
    assert.deepEqual(show(wrong), []);
  });

  test('of infra take names and specs only: no handler, no adapter with an SDK', () => {
    const specs = /^(functions\/[^/]+\/env\.ts|shared\/(errors|aws\/tables|domain\/.+)\.ts)$/;
    const wrong = imports.filter(
      ({ file, target, own }) => own && within('infra')(file) && !within('infra')(target) && !specs.test(target),
    );
    assert.deepEqual(show(wrong), []);
  });

  test('form no cycle', () => {
    const graph = Map.groupBy(
      imports.filter(({ own }) => own),
      ({ file }) => file,
    );
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      assert.ok(!path.includes(file), `cycle: ${[...path, file].join(' → ')}`);
      if (done.has(file)) return;
      for (const { target } of graph.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of graph.keys()) visit(file, []);
  });
});

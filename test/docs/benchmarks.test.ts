import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readCommittedFigures } from '../bench/support/bounds.ts';
import { headlinesIn } from '../bench/support/documentation.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFile(join(root, file), 'utf8');
const cells = (line: string) => line.split('|').map((cell) => cell.trim());
const tableLines = (text: string) => text.split('\n').filter((line) => line.startsWith('|') && !/^\|[ -]*-/.test(line));

const document = await read('docs/benchmarks.md');

describe('the figures of the benchmarks', () => {
  test('stand in the README as in docs/benchmarks.md', async () => {
    const quoted = tableLines(headlinesIn(await read('README.md'))).map(cells);
    const known = new Set(tableLines(document).map((line) => cells(line).join('|')));
    assert.ok(quoted.length > 3, 'the README quotes figures');
    assert.deepEqual(
      quoted.filter((line) => !known.has(line.join('|'))),
      [],
    );
  });

  test('are in docs/benchmarks.md, each that bounds.json commits to', async () => {
    const committed = Object.values(await readCommittedFigures()).flatMap((figures) => Object.keys(figures));
    assert.deepEqual(
      committed.filter((name) => !document.includes(name.replaceAll('|', '\\|'))),
      [],
    );
  });

  test('are of every benchmark that npm run bench runs', async () => {
    const scripts = Object.keys(JSON.parse(await read('package.json')).scripts);
    const names = scripts.flatMap((script) => (script.startsWith('bench:') ? [script] : []));
    assert.ok(names.length >= 4);
    assert.deepEqual(
      names.filter((name) => !document.includes(`\`npm run ${name}\``)),
      [],
    );
  });
});

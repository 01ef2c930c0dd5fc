import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { commands } from '../../cli/commands.ts';
import { targetOptions } from '../../cli/target/target.ts';

const text = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'cli.md'), 'utf8');
const [introduction = '', ...sections] = text.split(/^## /m);
const titles = sections.map((section) => section.split('\n')[0]);

describe('docs/cli.md', () => {
  test('has a section for every command and for nothing else', () => {
    const expected = commands.map(({ name, operands }) =>
      ['gapless', name, operands?.placeholder].filter(Boolean).join(' '),
    );

    assert.deepEqual(titles, expected);
  });

  test('says how to choose the stack', () => {
    for (const name of Object.keys(targetOptions)) assert.match(introduction, new RegExp(`--${name}\\b`));
  });

  for (const [index, { name, options, examples }] of commands.entries()) {
    const section = sections[index] ?? '';
    const documented = [...section.matchAll(/^\| `--([a-z-]+)( [A-Z]+)?` \|/gm)].map(
      ([, option, value = '']) => option + value,
    );

    test(`has the options of gapless ${name} in their order`, () => {
      const own = Object.entries(options).filter(([option]) => !Object.hasOwn(targetOptions, option));

      assert.deepEqual(
        documented,
        own.map(([option, { value }]) => (value === undefined ? option : `${option} ${value}`)),
      );
    });

    test(`has the examples of gapless ${name}`, () => {
      assert.deepEqual(
        [...section.matchAll(/^ {4}(.+)$/gm)].map(([, line]) => line),
        examples.map(({ line }) => line),
      );
    });
  }
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';

const program = join(import.meta.dirname, '../../../local/main.ts');

function play(t: TestContext, ...args: readonly string[]) {
  const child = spawn(process.execPath, [program, '--once', ...args], { detached: true });
  t.after(() => child.kill('SIGKILL'));
  const lines: string[] = [];
  const told = createInterface(child.stdout);
  told.on('line', (line) => lines.push(line));
  let problems = '';
  child.stderr.on('data', (chunk) => {
    problems += chunk;
  });
  return { child, told, lines, problems: () => problems, ended: once(child, 'close') };
}

test('the story tells of traffic, an outage, its bounds, the replay and the proof, and ends well', async (t) => {
  const { lines, problems, ended } = play(t, '--speed', '60');

  assert.deepEqual([await ended, problems()], [[0, null], '']);
  const [, sent, stored] = /^sent (\d+), stored (\d+), duplicates 0, lost 0$/.exec(lines.at(-1) ?? '') ?? [];
  assert.equal(stored, sent);
  assert.ok(Number(sent) > 100);
  const chapters = lines.filter((line) => /^\d\. /.test(line));
  assert.equal(chapters.length, 5);
  assert.match(lines.join(' ').replaceAll(/ +/g, ' '), /has its bounds: \d\d:\d\d to \d\d:\d\d.*The gap is healed/);
});

test('Ctrl-C in the middle of the story ends it, and says by the exit code that nothing was proven', async (t) => {
  const { child, told, ended, problems } = play(t);
  for await (const line of told) if (line.startsWith('1. ')) break;
  child.kill('SIGINT');

  assert.deepEqual([await ended, problems()], [[130, null], '']);
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { headlinesIn, putHeadlines, renderDocument } from './documentation.ts';
import { type BenchReport, printReport } from './report.ts';

const report: BenchReport = {
  name: 'sample',
  title: 'A sample',
  goal: 'at most twice the floor.',
  tables: [
    { rows: [{ what: 'ours', 'CPU µs': 12.5 }] },
    { title: 'The rest', rows: [{ what: 'floor', 'CPU µs': 10 }] },
  ],
  figures: [
    {
      name: 'beside the floor',
      value: 1.25,
      unit: 'ratio',
      better: 'lower',
      goal: 2,
      bound: 1.2,
      verdict: 'broken',
      headline: true,
    },
    { name: 'held', value: 40, unit: 'count', better: 'higher', verdict: 'new' },
  ],
  notes: ['What limits it: the sample.'],
  surroundings: {
    machine: { cpu: 'A CPU', cores: 2, memoryGiB: 8, platform: 'linux x64' },
    date: '2026-11-22',
    versions: { node: '24.21.0' },
  },
};
const readme = '# Title\n\n<!-- figures: written by npm run bench -->\nold\n<!-- end of figures -->\n\nThe end.\n';

describe('a benchmark’s report', () => {
  test('ends with the figures as one line of JSON, and names what broke', () => {
    const lines = printReport(report).split('\n');
    assert.deepEqual(JSON.parse(lines.at(-1) ?? ''), {
      bench: 'sample',
      figures: { 'beside the floor': 1.25, held: 40 },
    });
    assert.ok(lines.includes('BROKEN: beside the floor is 1.25, its bound 1.20'));
    assert.ok(lines.includes('A CPU, 2 cores, 8 GiB, linux x64; 2026-11-22; node 24.21.0'));
  });
});

describe('the documentation of the benchmarks', () => {
  test('shows goal, figure, bound, machine, tables and notes', () => {
    const document = renderDocument([report]);
    for (const part of [
      '| sample    | beside the floor | 1.25  | ratio | ≤ 2  | ≤ 1.20 |',
      'A CPU',
      'The rest',
      'What limits it',
    ]) {
      assert.ok(document.includes(part), part);
    }
    assert.match(document, /held .*\| 40 .*\| – .*\| – /);
  });

  test('quotes the headline figures in the README’s block and leaves the rest of it', () => {
    const written = putHeadlines(readme, [report]);
    assert.ok(written.startsWith('# Title\n\n') && written.endsWith('\n\nThe end.\n'));
    assert.match(headlinesIn(written), /beside the floor \| 1\.25/);
    assert.doesNotMatch(written, /held|old/);
    assert.equal(putHeadlines(written, [report]), written);
  });

  test('needs the block in the README', () => {
    assert.throws(() => putHeadlines('# Title', [report]), /no block/);
  });
});

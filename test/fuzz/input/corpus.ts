import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeBodies } from './made-bodies.ts';

const project = join(import.meta.dirname, '../../..');

function filesIn(folder: string, pattern: string): readonly Uint8Array[] {
  if (!existsSync(folder)) return [];
  return globSync(pattern, { cwd: folder })
    .sort()
    .map((file) => readFileSync(join(folder, file)));
}

/**
 * What mutations begin with: a body of every kind from the emulator and the fixtures, hand-made bodies that once were or
 * could be trouble, and X's documented samples where a folder of them lies beside the project.
 */
export function loadCorpus(): readonly Uint8Array[] {
  return [
    ...filesIn(join(project, 'test/fuzz/corpus'), '*.body'),
    ...madeBodies().map((body) => Buffer.from(body)),
    ...filesIn(join(project, 'test/fixtures/x'), '**/*.json'),
    ...filesIn(join(project, '../shared/payloads'), '**/*.json'),
  ];
}

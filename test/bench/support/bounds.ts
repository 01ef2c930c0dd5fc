import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { boundOf, type Figure, meets } from './figure.ts';

/** By benchmark, by the figure's name: the committed value. */
export type CommittedFigures = Readonly<Record<string, Readonly<Record<string, number>>>>;

export type Verdict = 'within' | 'broken' | 'new';

export interface JudgedFigure extends Figure {
  /** `undefined`: nothing is committed for it yet. */
  readonly bound?: number;
  readonly verdict: Verdict;
}

const boundsFile = join(import.meta.dirname, '../bounds.json');

/** The figures in `bounds.json`; the bounds are these and 25 %. */
export async function readCommittedFigures(file = boundsFile): Promise<CommittedFigures> {
  return parseCommittedFigures(await readFile(file, 'utf8'));
}

export function parseCommittedFigures(text: string): CommittedFigures {
  const benches: unknown = JSON.parse(text);
  return Object.fromEntries(
    members(benches, 'the file').map(([bench, figures]) => [
      bench,
      Object.fromEntries(
        members(figures, bench).map(([name, value]) => {
          if (typeof value !== 'number') throw new TypeError(`bounds: ${bench}, ${name} is not a number`);
          return [name, value];
        }),
      ),
    ]),
  );
}

export async function writeCommittedFigures(committed: CommittedFigures, file = boundsFile): Promise<void> {
  await writeFile(file, `${JSON.stringify(committed, null, 2)}\n`);
}

export function judge(committed: Readonly<Record<string, number>>, figure: Figure): JudgedFigure {
  const value = committed[figure.name];
  if (value === undefined) return { ...figure, verdict: 'new' };
  const bound = boundOf(value, figure.better);
  return { ...figure, bound, verdict: meets(figure.value, bound, figure.better) ? 'within' : 'broken' };
}

function members(value: unknown, place: string): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) throw new TypeError(`bounds: ${place} is not an object`);
  return Object.entries(value);
}

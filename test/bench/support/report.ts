import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JudgedFigure } from './bounds.ts';
import { describeSurroundings, type Surroundings } from './machine.ts';
import { formatNumber, formatTable, type Row } from './table.ts';

export interface Table {
  readonly title?: string;
  readonly rows: readonly Row[];
}

/** What one run of a benchmark says, as it lies in `build/bench/<name>.json` until the documentation is made of it. */
export interface BenchReport {
  readonly name: string;
  readonly title: string;
  readonly goal: string;
  readonly tables: readonly Table[];
  readonly figures: readonly JudgedFigure[];
  readonly notes: readonly string[];
  readonly surroundings: Surroundings;
}

const reportDir = join(import.meta.dirname, '../../../build/bench');

export async function writeReport(report: BenchReport, dir = reportDir): Promise<void> {
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, `${report.name}.json`), JSON.stringify(report, null, 2));
}

/** Rejects where the benchmark has not run on this checkout. */
export async function readReport(name: string, dir = reportDir): Promise<BenchReport> {
  return JSON.parse(await readFile(join(dir, `${name}.json`), 'utf8'));
}

export async function removeReport(name: string, dir = reportDir): Promise<void> {
  await rm(join(dir, `${name}.json`), { force: true });
}

const sign = ({ better }: JudgedFigure) => (better === 'lower' ? '≤' : '≥');

export function figureRow(figure: JudgedFigure): Row {
  const { name, value, unit, goal, bound } = figure;
  const limit = (limitValue: number | undefined) =>
    limitValue === undefined ? '–' : `${sign(figure)} ${formatNumber(limitValue)}`;
  return { Figure: name, Value: formatNumber(value), Unit: unit, Goal: limit(goal), Bound: limit(bound) };
}

/** The report as a terminal shows it. The figures come last, the very last line is JSON. */
export function printReport(report: BenchReport): string {
  const { name, title, goal, tables, figures, notes, surroundings } = report;
  const values = Object.fromEntries(figures.map((figure) => [figure.name, figure.value]));
  const broken = figures.filter(({ verdict }) => verdict === 'broken');
  return [
    `${title}\n${describeSurroundings(surroundings)}\nGoal: ${goal}`,
    ...tables.map((table) => [table.title, formatTable(table.rows)].filter((part) => part !== undefined).join('\n')),
    ...notes,
    formatTable(figures.map(figureRow)),
    ...broken.map(
      (figure) =>
        `BROKEN: ${figure.name} is ${formatNumber(figure.value)}, its bound ${formatNumber(figure.bound ?? Number.NaN)}`,
    ),
    JSON.stringify({ bench: name, figures: values }),
  ].join('\n\n');
}

import { judge, readCommittedFigures } from './bounds.ts';
import type { Figure } from './figure.ts';
import { readSurroundings } from './machine.ts';
import { type BenchReport, printReport, type Table, writeReport } from './report.ts';
import type { Row } from './table.ts';

export interface Bench {
  /** As in `npm run bench:<name>`. */
  readonly name: string;
  readonly title: string;
  /** In a sentence; the figures have it as numbers. */
  readonly goal: string;
  /** The main table. Cells that are times belong here, never into a figure. */
  readonly rows: readonly Row[];
  /** More tables below it. */
  readonly tables?: readonly Table[];
  readonly figures: readonly Figure[];
  /** Paragraphs: what it measures, what limits the figure, what was tried. */
  readonly notes: readonly string[];
}

/** Prints what a benchmark found, keeps it for the documentation, and makes the process fail when a bound is broken. */
export async function reportBench({ rows, tables = [], figures, ...rest }: Bench): Promise<BenchReport> {
  const committed = (await readCommittedFigures())[rest.name] ?? {};
  const report = {
    ...rest,
    tables: [{ rows }, ...tables],
    figures: figures.map((figure) => judge(committed, figure)),
    surroundings: readSurroundings(),
  };
  await writeReport(report);
  console.log(printReport(report));
  if (report.figures.some(({ verdict }) => verdict === 'broken')) process.exitCode = 1;
  return report;
}

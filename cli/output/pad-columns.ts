/** Cells as wide as the widest of their column; columns in `right` end together, the others begin together. */
export function padColumns(
  rows: readonly (readonly string[])[],
  right: ReadonlySet<number> = new Set(),
): readonly (readonly string[])[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  const pad = (cell: string, at: number) => {
    const width = widths[at] ?? 0;
    return right.has(at) ? cell.padStart(width) : cell.padEnd(width);
  };
  return rows.map((row) => row.map(pad));
}

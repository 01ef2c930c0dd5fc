export type Cell = string | number;
export type Row = Readonly<Record<string, Cell>>;

/** Three digits that count; whole numbers of a thousand and more in full, with commas. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US');
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 6));
}

const show = (cell: Cell | undefined): string =>
  typeof cell === 'number' ? formatNumber(cell) : (cell ?? '').replaceAll('|', '\\|');

/** A Markdown table, padded so that a terminal shows it as one. Numbers stand on the right. Columns: all that any row has. */
export function formatTable(rows: readonly Row[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = names.map((name) => {
    const cells = rows.map((row) => row[name]);
    const texts = cells.map(show);
    const onTheRight = cells.every((cell) => cell === undefined || typeof cell === 'number');
    const width = Math.max(3, name.length, ...texts.map((text) => text.length));
    const pad = (text: string) => (onTheRight ? text.padStart(width) : text.padEnd(width));
    const rule = onTheRight ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width);
    return [pad(name), rule, ...texts.map(pad)];
  });
  const lines = (columns[0] ?? []).map((_, line) => columns.map((column) => column[line]).join(' | '));
  return lines.map((line) => `| ${line} |`).join('\n');
}

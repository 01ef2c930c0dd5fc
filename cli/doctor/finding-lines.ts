import type { Style, Terminal } from '../framework/terminal.ts';
import { plainJson } from '../output/plain-text.ts';
import type { Status } from './finding.ts';
import type { Examined } from './run-checks.ts';

const styles: Readonly<Record<Status, Style>> = { ok: 'green', warn: 'bold', fail: 'red', skipped: 'dim' };

/** Numbered, and below what is not right how to mend it. */
export function findingLines(findings: readonly Examined[], terminal: Terminal): readonly string[] {
  const width = Math.max(...findings.map(({ name }) => name.length));
  return findings.flatMap(({ name, status, seen, mend }, index) => [
    `${String(index + 1).padStart(2)}  ${terminal.style(styles[status], status.padEnd(7))}  ${name.padEnd(width)}  ${seen}`,
    ...(mend === undefined ? [] : [`${' '.repeat(width + 15)}→ ${mend}`]),
  ]);
}

export function findingJson({ name, status, seen, mend }: Examined, index: number): string {
  return plainJson(JSON.stringify({ number: index + 1, check: name, status, seen, mend: mend ?? null }));
}

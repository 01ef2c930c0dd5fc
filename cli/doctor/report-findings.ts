import { GaplessError } from '../../shared/errors.ts';
import type { Terminal } from '../framework/terminal.ts';
import { findingJson, findingLines } from './finding-lines.ts';
import type { Examined } from './run-checks.ts';

/** Prints the findings. Throws `CHECKS_FAILED` when one of them is a failure. */
export async function reportFindings(findings: readonly Examined[], json: boolean, terminal: Terminal): Promise<void> {
  for (const line of json ? findings.map(findingJson) : findingLines(findings, terminal)) await terminal.print(line);
  const failed = findings.filter(({ status }) => status === 'fail').map(({ name }) => name);
  if (failed.length === 0) return;
  throw new GaplessError(
    'CHECKS_FAILED',
    `${failed.length} of ${findings.length} checks ${failed.length === 1 ? 'fails' : 'fail'}: ${failed.join(', ')}.`,
  );
}

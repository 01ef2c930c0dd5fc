import { describeSurroundings, readSurroundings } from '../bench/support/machine.ts';
import { formatTable } from '../bench/support/table.ts';
import { holds } from './books.ts';
import type { Plan } from './plan.ts';
import type { Verdict } from './verdict.ts';

/** The last lines of a run: what was done, what was found, on which machine, and the figure. */
export function summary(plan: Plan, verdict: Verdict): readonly string[] {
  const { comparison, books, withoutAnswer, streamed, countedAgain, healed, checks, permissions } = verdict;
  const rows = checks.map((check) => ({
    check: check.name,
    found: check.left,
    expected: check.right,
    '': holds(check) ? 'holds' : 'BROKEN',
  }));
  const { accepted, recorded, duplicates } = books;
  return [
    '',
    formatTable(rows),
    '',
    `account      accepted ${accepted} + ${withoutAnswer} without an answer + ${streamed} streamed = recorded ${recorded} - ${countedAgain} counted again + in flight ${books.waiting} + dead-lettered ${books.deadLettered}`,
    `duplicates   ${duplicates} deliveries of what was stored already, none of them stored again`,
    `gaps         ${healed.gaps.map(({ reason, state }) => `${reason} ${state}`).join(', ') || 'none'}`,
    ...permissions,
    `machine      ${describeSurroundings(readSurroundings())}`,
    '',
    `figure torture seed ${plan.seed}, ${plan.minutes} min, ${plan.lines.length} faults: sent ${comparison.sent}, stored ${comparison.stored}, lost ${comparison.lost}, twice or forged ${comparison.duplicates}`,
  ];
}

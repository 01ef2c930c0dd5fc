import type { Gap, GapState } from '../../shared/domain/gaps/gap.ts';
import type { Style, Terminal } from '../framework/terminal.ts';
import { localTime } from '../output/local-time.ts';
import { padColumns } from '../output/pad-columns.ts';
import { plainText } from '../output/plain-text.ts';

const heads = ['from', 'to', 'reason', 'state', 'attempts', 'recovered', 'gap'];
const numbers: ReadonlySet<number> = new Set([heads.indexOf('attempts'), heads.indexOf('recovered')]);

export const stateStyles: Readonly<Record<GapState, Style>> = {
  suspected: 'dim',
  open: 'bold',
  replaying: 'cyan',
  healed: 'green',
  unproven: 'red',
  lost: 'red',
};

/** Gaps for people: a line each under their heads, and below it what of the gap is lost. */
export function gapLines(gaps: readonly Gap[], terminal: Terminal): readonly string[] {
  const [head = [], ...rows] = padColumns([heads, ...gaps.map(cellsOf)], numbers);
  const lines = gaps.flatMap((gap, index) => {
    const cells = rows[index]?.map((cell, at) =>
      heads[at] === 'state' ? terminal.style(stateStyles[gap.state], cell) : cell,
    );
    return [cells?.join('  ').trimEnd() ?? '', ...lostLines(gap).map((line) => terminal.style('red', `  ${line}`))];
  });
  return [terminal.style('dim', head.join('  ').trimEnd()), ...lines];
}

export function lostLines({ lostParts }: Gap): readonly string[] {
  return lostParts.map(({ fromMs, toMs, why }) => `lost ${localTime(fromMs)} to ${localTime(toMs)}: ${plainText(why)}`);
}

function cellsOf({ gapId, fromMs, toMs, reason, state, attempts, recovered }: Gap): readonly string[] {
  const to = toMs === null ? 'goes on' : localTime(toMs);
  return [localTime(fromMs), to, reason, state, String(attempts), String(recovered), plainText(gapId)];
}

import { type GapState, gapStates } from '../../shared/domain/gaps/gap.ts';
import { GaplessError } from '../../shared/errors.ts';
import { defineCommand } from '../framework/define-command.ts';
import { gapJson } from '../gaps/gap-json.ts';
import { gapLines } from '../gaps/gap-lines.ts';
import { chooseApps } from '../target/choose-apps.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';
import { withGapLedger } from '../target/with-gap-ledger.ts';

export const gapsCommand = defineCommand({
  name: 'gaps',
  summary: 'list the times in which events may be missing, newest first',
  details: [
    'Each gap has bounds, a reason and a state: suspected, open, replaying, and in the end healed, unproven or lost.',
    'What is recovered are events that its replays stored for the first time. docs/gaps.md explains the rest.',
  ],
  options: {
    ...targetOptions,
    app: { type: 'string', value: 'APP', summary: 'of this X app (default: all)' },
    state: { type: 'string', value: 'S', summary: `in this state: ${gapStates.join(', ')}` },
    json: { type: 'boolean', summary: 'one JSON object a line' },
  },
  examples: [
    { line: 'gapless gaps --local', effect: 'every gap of the stack on this machine' },
    { line: 'gapless gaps --state lost --json', effect: 'what cannot come back, for a program' },
  ],
  async run({ values }, terminal) {
    const { app, json = false } = values;
    const state = values.state === undefined ? undefined : parseState(values.state);
    const target = await resolveTarget(values, terminal);
    const apps = chooseApps(target, app);
    const all = await withGapLedger(target, ({ list }) => Promise.all(apps.map((one) => list(one))));
    const gaps = all
      .flat()
      .filter((gap) => state === undefined || gap.state === state)
      .sort((a, b) => b.fromMs - a.fromMs);
    if (json) for (const gap of gaps) await terminal.print(gapJson(gap));
    else if (gaps.length === 0) terminal.note(state === undefined ? 'The ledger has no gap.' : `No gap is ${state}.`);
    else {
      for (const line of gapLines(gaps, terminal)) await terminal.print(line);
      terminal.note('gapless gaps show GAP tells the story of one.');
    }
  },
});

function parseState(text: string): GapState {
  const state = gapStates.find((name) => name === text);
  if (state !== undefined) return state;
  throw new GaplessError('USAGE', `--state ${JSON.stringify(text)} is none of ${gapStates.join(', ')}`);
}

import { GaplessError } from '../../shared/errors.ts';
import { defineCommand } from '../framework/define-command.ts';
import { gapStoryJson } from '../gaps/gap-json.ts';
import { gapStory } from '../gaps/gap-story.ts';
import { chooseApps } from '../target/choose-apps.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';
import { withGapLedger } from '../target/with-gap-ledger.ts';

export const gapsShowCommand = defineCommand({
  name: 'gaps show',
  summary: 'tell the story of one gap, line by line with times',
  details: ['GAP is the id that gapless gaps shows. Fails when the ledger has no such gap.'],
  operands: { placeholder: 'GAP', min: 1, max: 1 },
  options: {
    ...targetOptions,
    json: { type: 'boolean', summary: 'one JSON object on one line' },
  },
  examples: [
    { line: 'gapless gaps show --local default-heartbeat-20261121T100000000Z', effect: 'how it was found and healed' },
  ],
  async run({ values, operands: [gapId = ''] }, terminal) {
    const target = await resolveTarget(values, terminal);
    const apps = chooseApps(target);
    const found = await withGapLedger(target, ({ get }) => Promise.all(apps.map((app) => get(app, gapId))));
    const gap = found.find((one) => one !== undefined);
    if (gap === undefined) {
      throw new GaplessError(
        'NOT_FOUND',
        `${target.name} has no gap ${gapId}: it was withdrawn, has expired, or never was. gapless gaps lists what it has.`,
      );
    }
    for (const line of values.json ? [gapStoryJson(gap)] : gapStory(gap, terminal)) await terminal.print(line);
  },
});

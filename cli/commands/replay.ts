import { setTimeout as sleep } from 'node:timers/promises';
import { GaplessError } from '../../shared/errors.ts';
import type { GapBook } from '../../shared/watch-ports.ts';
import { parseTime } from '../arguments/time.ts';
import { confirm } from '../framework/confirm.ts';
import { defineCommand } from '../framework/define-command.ts';
import type { Terminal } from '../framework/terminal.ts';
import { lostLines } from '../gaps/gap-lines.ts';
import { storyLine } from '../gaps/gap-story.ts';
import { checkBounds } from '../replay/check-bounds.ts';
import { followGap } from '../replay/follow-gap.ts';
import { draftGap, openGap } from '../replay/manual-gap.ts';
import { obstacles, outlook } from '../replay/outlook.ts';
import { chooseApps } from '../target/choose-apps.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';
import { withGapLedger } from '../target/with-gap-ledger.ts';

export const replayCommand = defineCommand({
  name: 'replay',
  summary: 'have X send the events of a time again, by opening a gap by hand',
  details: [
    'The watcher asks X within minutes and follows the job to its end; gapless gaps shows how far it is.',
    'X replays a whole webhook: everybody’s events of that time come again. What is stored already stays as it is.',
    'TIME is an ISO time, in the time zone of this machine unless it names one, or how long ago: 30m, 2h, now.',
  ],
  options: {
    ...targetOptions,
    from: { type: 'string', value: 'TIME', summary: 'begin here; X replays the last 24 hours' },
    to: { type: 'string', value: 'TIME', summary: 'end before this time' },
    app: { type: 'string', value: 'APP', summary: 'of this X app (default: default)' },
    'dry-run': { type: 'boolean', summary: 'say what would happen and do nothing' },
    yes: { type: 'boolean', summary: 'do not ask' },
    follow: { type: 'boolean', summary: 'wait for its end and tell the story; fails unless it is healed' },
  },
  examples: [
    { line: 'gapless replay --from 5h --to 3h --dry-run', effect: 'what would be asked of X, and when' },
    { line: 'gapless replay --local --from 2h --to 1h --yes --follow', effect: 'do it, and watch it to its end' },
  ],
  async run({ values }, terminal) {
    const { from, to, app: named = 'default', 'dry-run': dryRun = false, yes = false, follow = false } = values;
    if (from === undefined || to === undefined) {
      throw new GaplessError('USAGE', '--from and --to say what X shall replay; give both');
    }
    const [fromAt, toAt] = [parseTime('from', from), parseTime('to', to)];
    const target = await resolveTarget(values, terminal);
    const [app = named] = chooseApps(target, named);
    const nowMs = target.clock.now();
    const rules = target.outputs.replayRules;
    const bounds = { fromMs: Date.parse(fromAt(nowMs)), toMs: Date.parse(toAt(nowMs)) };
    checkBounds(bounds, nowMs, rules);

    await withGapLedger(target, async (ledger) => {
      const draft = await draftGap(ledger, app, bounds, nowMs);
      for (const line of outlook(draft, nowMs, rules)) await terminal.print(line);
      for (const obstacle of obstacles(draft, nowMs)) terminal.note(obstacle);
      if (dryRun) return terminal.note('Nothing was done.');
      if (!yes) await confirm('Open this gap?', terminal);
      const { gapId } = await openGap(ledger, draft.gap, draft.tick.gaps);
      await terminal.print(`opened ${gapId}`);
      if (!follow) return terminal.note(`gapless gaps show ${gapId} tells how far it is.`);
      await followToEnd(ledger, { app, gapId, pauseMs: target.isLocal ? 500 : 10_000 }, terminal);
    });
  },
});

async function followToEnd(
  ledger: GapBook,
  { app, gapId, pauseMs }: { readonly app: string; readonly gapId: string; readonly pauseMs: number },
  terminal: Terminal,
): Promise<void> {
  terminal.note('Following it to its end; Ctrl-C ends this, not the replay.');
  const gap = await followGap({
    read: () => ledger.get(app, gapId),
    pause: () => sleep(pauseMs),
    tell: (line) => terminal.print(storyLine(line, terminal)),
  });
  for (const line of lostLines(gap)) await terminal.print(line);
  await terminal.print(`${gap.state}: ${gap.recovered} events were missing and are back`);
  if (gap.state !== 'healed') {
    throw new GaplessError(
      'GAP_NOT_HEALED',
      `The gap ended ${gap.state}. docs/gaps.md says what that means and what to do.`,
    );
  }
}

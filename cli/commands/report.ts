import { GaplessError } from '../../shared/errors.ts';
import { parseDay } from '../arguments/day.ts';
import { defineCommand } from '../framework/define-command.ts';
import { gapFields } from '../gaps/gap-json.ts';
import { plainJson } from '../output/plain-text.ts';
import { readReport } from '../report/read-report.ts';
import { differences, reportLines } from '../report/report-lines.ts';
import { chooseApps } from '../target/choose-apps.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';

export const reportCommand = defineCommand({
  name: 'report',
  summary: 'account for one day: what was accepted, recorded, stored, replayed, and what is missing',
  details: [
    'Deliveries: accepted by the receiver = recorded + in flight + dead-lettered. Events: found = stored + duplicate. Fails when either does not hold.',
    'Accepted is CloudWatch’s count, - where there is none. On AWS the last 15 minutes are not judged, and the tolerance is 20 deliveries or one in a thousand, whichever is more, and what came in the first and last minute; on this machine only the latter.',
  ],
  options: {
    ...targetOptions,
    day: { type: 'string', value: 'D', summary: 'YYYY-MM-DD in UTC, today or yesterday (default: today)' },
    app: { type: 'string', value: 'APP', summary: 'of this X app (default: all together)' },
    json: { type: 'boolean', summary: 'one JSON object on one line' },
  },
  examples: [
    { line: 'gapless report --local', effect: 'today on this machine' },
    { line: 'gapless report --day yesterday --json', effect: 'a whole day of the deployed stack, for a program' },
  ],
  async run({ values }, terminal) {
    const { app, day: given = 'today', json = false } = values;
    const target = await resolveTarget(values, terminal);
    const day = parseDay(given, target.clock.now());
    const report = await readReport(target, chooseApps(target, app), day);
    const asJson = () => plainJson(JSON.stringify({ ...report, gaps: report.gaps.map(gapFields) }));
    for (const line of json ? [asJson()] : reportLines(report, terminal)) await terminal.print(line);
    if (report.accounting.holds === false) {
      throw new GaplessError(
        'ACCOUNTING_DIFFERS',
        `The numbers of ${day} do not agree. ${differences(report.accounting).join('. ')}. docs/gaps.md, "The account", says more.`,
      );
    }
  },
});

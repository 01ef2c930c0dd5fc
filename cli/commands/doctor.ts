import { GaplessError } from '../../shared/errors.ts';
import { examine } from '../doctor/examine.ts';
import { reportFindings } from '../doctor/report-findings.ts';
import { appOption, jsonOption } from '../framework/common-options.ts';
import { defineCommand } from '../framework/define-command.ts';
import { targetOptions } from '../target/target.ts';

export const doctorCommand = defineCommand({
  name: 'doctor',
  summary: 'say what is wrong, from the stack’s end and from X’s, and what mends it',
  details: [
    'Changes and stores nothing: it plays X’s challenge, sends a forged delivery that must be refused, and otherwise only reads.',
    'A check that says nothing before another is mended is skipped. Fails when any check fails.',
  ],
  options: {
    ...targetOptions,
    ...appOption,
    file: {
      type: 'string',
      value: 'FILE',
      summary: 'the wanted subscriptions (default: subscriptions.json if it is there, else what was last applied)',
    },
    ...jsonOption,
  },
  examples: [
    { line: 'gapless doctor', effect: 'the deployed stack and its default app' },
    { line: 'gapless doctor --app brand --file brand.json', effect: 'another app, against its own file' },
    { line: 'gapless doctor --local --json', effect: 'the stack on this machine, for a program' },
  ],
  async run({ values }, terminal) {
    const { app = 'default', file, json = false, local, stack } = values;
    if (local && stack !== undefined) throw new GaplessError('USAGE', '--local and --stack name two stacks; give one');
    await reportFindings(await examine({ choice: { local, stack }, app, file }, terminal), json, terminal);
  },
});

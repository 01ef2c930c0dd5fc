import { defineCommand } from '../framework/define-command.ts';
import { plainJson } from '../output/plain-text.ts';
import { readStatus } from '../status/stack-status.ts';
import { statusLines } from '../status/status-lines.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';
import { withReader } from '../target/with-reader.ts';

export const statusCommand = defineCommand({
  name: 'status',
  summary: 'show what is stored, what waits, and when X delivered last',
  details: ['Queue numbers are as SQS counts them: approximately, and up to a minute late.'],
  options: {
    ...targetOptions,
    json: { type: 'boolean', summary: 'one JSON object on one line' },
  },
  examples: [
    { line: 'gapless status --local', effect: 'the stack on this machine' },
    { line: 'gapless status --json', effect: 'the deployed one, for a program' },
  ],
  async run({ values }, terminal) {
    const target = await resolveTarget(values, terminal);
    const status = await withReader(target, (reader) => readStatus(target, reader));
    for (const line of values.json ? [plainJson(JSON.stringify(status))] : statusLines(status, terminal)) {
      await terminal.print(line);
    }
  },
});

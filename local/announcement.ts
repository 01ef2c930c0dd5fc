import type { LocalStack } from './stack.ts';

/** What `npm start` says when everything runs, but for the ready line. */
export function announcement(
  stack: LocalStack,
  { traffic, dataDir }: { traffic: boolean; dataDir: string | undefined },
): string {
  const { endpoints, emulator, clock } = stack;
  const speed = clock.state.speed === 1 ? '' : `, ${clock.state.speed} times as fast`;
  const x =
    emulator === undefined ? 'another X, not this one' : traffic ? 'built in, sends traffic' : 'built in, quiet';
  const rows = [
    ['webhook', stack.webhookUrl],
    ['X', `${stack.xApiUrl}  (${x})`],
    ['DynamoDB', endpoints.dynamodb],
    ['SQS, S3', endpoints.sqs],
    ['secrets', endpoints.secretsManager],
    ['logs', stack.logsDir],
    ['data', dataDir ?? 'gone when this ends (--data DIR keeps it)'],
    ['clock', `${new Date(clock.now()).toISOString()}${speed}`],
  ];
  return `
Gapless runs on this machine.

${rows.map(([name = '', value]) => `  ${name.padEnd(9)} ${value}`).join('\n')}

In another terminal:

  npx gapless events --local --limit 5      the newest events
  npx gapless status --local                what is stored, and what waits
  npx gapless send --local FILE             deliver a saved body
  npx gapless gaps --local                  when events may have been missing
  npx gapless doctor --local                whether everything is as it should be

Ctrl-C ends everything.
`;
}

import type { Command } from './command.ts';

/** Help for the whole program: every command with its one-line summary. */
export function programHelp(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }): Row => [name, summary]);
  return [
    'Gapless: every X activity event, exactly once, in your own DynamoDB.',
    '',
    'Usage: gapless COMMAND [OPTIONS]',
    '',
    'Commands:',
    ...align(rows),
    '',
    'gapless help COMMAND says more about one. gapless --version prints the version.',
    'Exit codes: 0 done, 1 failed, 2 wrong usage.',
  ].join('\n');
}

/** Help for one command, derived from its data. */
export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(([name, { short, value, summary }]): Row => {
    const names = short === undefined ? `--${name}` : `-${short}, --${name}`;
    return [value === undefined ? names : `${names} ${value}`, summary];
  });
  return [
    `${command.summary[0]?.toUpperCase() ?? ''}${command.summary.slice(1)}.`,
    '',
    `Usage: ${usage(command)}`,
    ...command.details.flatMap((paragraph) => ['', paragraph]),
    '',
    'Options:',
    ...align([...options, ['-h, --help', 'this help']]),
    '',
    'Examples:',
    ...align(command.examples.map(({ line, effect }): Row => [line, effect])),
  ].join('\n');
}

export function usage({ name, operands }: Command): string {
  const operand = operands && (operands.min === 0 ? `[${operands.placeholder}]` : operands.placeholder);
  return ['gapless', name, ...(operand ? [operand] : []), '[OPTIONS]'].join(' ');
}

type Row = readonly [term: string, meaning: string];

function align(rows: readonly Row[]): readonly string[] {
  const width = Math.max(...rows.map(([term]) => term.length));
  return rows.map(([term, meaning]) => `  ${term.padEnd(width)}  ${meaning}`);
}

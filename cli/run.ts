import { GaplessError } from '../shared/errors.ts';
import type { Command } from './framework/command.ts';
import { explain } from './framework/explain.ts';
import { commandHelp, programHelp, usage } from './framework/help.ts';
import { nearest } from './framework/nearest.ts';
import type { Terminal } from './framework/terminal.ts';

/** 0 done, 1 failed, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

export interface Program {
  readonly commands: readonly Command[];
  readonly version: string;
}

/** The edge of the program: finds the command, and turns whatever it ends with into lines and an exit code. Never throws. */
export async function run(program: Program, args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const words = asksFirst.has(args[0] ?? '') ? args.slice(1) : args;
  const command = findCommand(program.commands, words);
  try {
    const answer = plainAnswer(program, command, args);
    if (answer !== undefined) {
      await terminal.print(answer);
      return 0;
    }
    if (command === undefined) throw new GaplessError('USAGE', unknownCommand(program.commands, words));
    await command.run(args.slice(command.name.split(' ').length), terminal);
    return 0;
  } catch (error) {
    return report(error, command, terminal);
  }
}

/** What asks for help before a command is named. */
const asksFirst: ReadonlySet<string> = new Set(['help', '--help', '-h']);

/** The answer to what needs no command to run: help and the version. */
function plainAnswer(program: Program, command: Command | undefined, args: readonly string[]): string | undefined {
  const [first] = args;
  if (first === '--version') return program.version;
  const end = args.indexOf('--');
  const flags = end === -1 ? args : args.slice(0, end);
  const asked = first === 'help' || flags.includes('--help') || flags.includes('-h');
  if (!asked) return undefined;
  if (command) return commandHelp(command);
  const [word] = asksFirst.has(first ?? '') ? args.slice(1) : args;
  const group = word === undefined ? [] : groupOf(program.commands, word);
  if (group.length > 0) return programHelp(group);
  return args.length === 1 ? programHelp(program.commands) : undefined;
}

/** The commands of two words that begin with this one: `webhook register`, `webhook list` … */
function groupOf(commands: readonly Command[], word: string): readonly Command[] {
  return commands.filter(({ name }) => name.startsWith(`${word} `));
}

/** The command with the most words that the arguments begin with. */
function findCommand(commands: readonly Command[], args: readonly string[]): Command | undefined {
  const line = `${args.join(' ')} `;
  return commands
    .filter(({ name }) => line.startsWith(`${name} `))
    .toSorted((a, b) => b.name.length - a.name.length)[0];
}

function unknownCommand(commands: readonly Command[], [word, next]: readonly string[]): string {
  if (word === undefined) return 'which command?';
  const group = groupOf(commands, word);
  const isGroup = group.length > 0;
  const typed = isGroup && next !== undefined && !next.startsWith('-') ? `${word} ${next}` : word;
  const names = (isGroup ? group : commands).map(({ name }) => name);
  const guess = typed === word && isGroup ? undefined : nearest(typed, names);
  return `there is no command "${typed}"; ${guess === undefined ? `there are: ${names.join(', ')}` : `did you mean ${guess}?`}`;
}

function report(error: unknown, command: Command | undefined, terminal: Terminal): ExitCode {
  if (error instanceof GaplessError && error.code === 'USAGE') {
    const help = command ? `gapless ${command.name} --help` : 'gapless --help';
    terminal.note(`gapless: ${error.message}`);
    if (command) terminal.note(`usage: ${usage(command)}`);
    terminal.note(`${help} says more.`);
    return 2;
  }
  terminal.note(`gapless: ${explain(error)}`);
  return 1;
}

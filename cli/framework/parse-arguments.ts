import { parseArgs } from 'node:util';
import { GaplessError } from '../../shared/errors.ts';
import type { Arguments, CommandSpec, OptionSpecs } from './command.ts';
import { nearest } from './nearest.ts';

/** Throws `USAGE` with what is wrong and, for a misspelt option, the one that was probably meant. */
export function parseArguments<O extends OptionSpecs>(spec: CommandSpec<O>, args: readonly string[]): Arguments<O> {
  const { values, positionals } = parseOptions(spec.options, args);
  // An unset shell variable (--account "$ACCOUNT") must not turn a narrow question into one about everything.
  const empty = Object.entries<unknown>(values).find(([, value]) => value === '');
  if (empty) throw new GaplessError('USAGE', `--${empty[0]} has an empty value; give one or leave the option out`);
  const { placeholder, min, max } = spec.operands ?? { placeholder: '', min: 0, max: 0 };
  if (positionals.length < min) throw new GaplessError('USAGE', `${placeholder} is missing`);
  if (positionals.length > max) throw new GaplessError('USAGE', `"${positionals[max] ?? ''}" is one argument too many`);
  return { values, operands: positionals };
}

function parseOptions<O extends OptionSpecs>(options: O, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const unknown = firstUnknownOption(options, args);
    if (unknown === undefined) throw new GaplessError('USAGE', messageOf(error), { cause: error });
    const guess = nearest(unknown.replace(/^-+/, ''), Object.keys(options));
    const hint = guess === undefined ? '' : `; did you mean --${guess}?`;
    throw new GaplessError('USAGE', `there is no option ${unknown}${hint}`, { cause: error });
  }
}

function firstUnknownOption(options: OptionSpecs, args: readonly string[]): string | undefined {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'option' && !Object.hasOwn(options, token.name)) return token.rawName;
  }
  return undefined;
}

/** parseArgs explains itself in several sentences; the first says what is wrong. */
const messageOf = (error: unknown): string =>
  error instanceof Error ? (error.message.split(/\.\s|\n/)[0] ?? error.message) : String(error);

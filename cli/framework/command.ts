import type { parseArgs } from 'node:util';
import type { Terminal } from './terminal.ts';

/** An option for `parseArgs` of node:util, with what help says about it. `value` names the value of a string option. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly value?: string;
  readonly summary: string;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** Words after the command that are not options, as help shows them (`ID`, `FILE…`), and how many there must be. */
export interface OperandSpec {
  readonly placeholder: string;
  readonly min: number;
  readonly max: number;
}

export interface Example {
  readonly line: string;
  readonly effect: string;
}

export interface ArgumentsConfig<O extends OptionSpecs> {
  readonly args: string[];
  readonly options: O;
  readonly allowPositionals: true;
  readonly strict: true;
}

export interface Arguments<O extends OptionSpecs> {
  readonly values: ReturnType<typeof parseArgs<ArgumentsConfig<O>>>['values'];
  readonly operands: readonly string[];
}

/** What a command is: data, from which parsing, usage and help are derived, and one function. */
export interface CommandSpec<O extends OptionSpecs> {
  /** One word, or several for a command below another. */
  readonly name: string;
  readonly summary: string;
  /** What a reader of the help needs to know beyond the options, one paragraph a string. */
  readonly details: readonly string[];
  readonly operands?: OperandSpec;
  readonly options: O;
  readonly examples: readonly Example[];
  /** Throws a `GaplessError` when it fails; `USAGE` when the arguments are at fault. */
  run(given: Arguments<O>, terminal: Terminal): Promise<void>;
}

/** A command whose option types are closed over, so that all commands fit in one list. */
export interface Command extends Omit<CommandSpec<OptionSpecs>, 'run'> {
  run(args: readonly string[], terminal: Terminal): Promise<void>;
}

import type { Command, CommandSpec, OptionSpecs } from './command.ts';
import { parseArguments } from './parse-arguments.ts';

export function defineCommand<const O extends OptionSpecs>(spec: CommandSpec<O>): Command {
  return { ...spec, run: async (args, terminal) => spec.run(parseArguments(spec, args), terminal) };
}

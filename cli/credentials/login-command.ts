import { fileOption } from '../subscriptions/read-file.ts';
import type { CommandLine } from '../target/command-line.ts';

/** The command by which an account logs in. */
export type LoginCommand = (userId: string) => string;

/** `file`: where the account's subscriptions stand, which say what to ask it for. */
export function loginCommandFor(command: CommandLine, file?: string): LoginCommand {
  return (userId) => command(`auth login --account ${userId}${fileOption(file)}`);
}

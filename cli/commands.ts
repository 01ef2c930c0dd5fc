import { sendCommand } from './commands/send.ts';
import type { Command } from './framework/command.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [sendCommand];

import type { Terminal } from '../framework/terminal.ts';
import type { CommandLine } from '../target/command-line.ts';
import type { Target } from '../target/target.ts';

/** What every step works on. */
export interface Setup {
  readonly target: Target;
  readonly app: string;
  /** Of the wanted subscriptions; may not be there yet. */
  readonly file: string;
  /** Nobody is asked before subscriptions are changed. */
  readonly yes: boolean;
  readonly login: { readonly port: number; readonly opensBrowser: boolean };
  /** Real milliseconds that the address gets to pass X's check. */
  readonly patienceMs: number;
  readonly terminal: Terminal;
  readonly command: CommandLine;
}

/** How things stand before a step: as they should be, or what is to be done about it. `act` returns what was done. */
export type Standing =
  | { readonly kind: 'there'; readonly line: string }
  | { readonly kind: 'todo'; readonly would: string; act(): Promise<string> };

export interface Step {
  readonly name: string;
  /** Changes nothing. Throws as the command that does the same alone. */
  look(setup: Setup): Promise<Standing>;
}

export const there = (line: string): Standing => ({ kind: 'there', line });

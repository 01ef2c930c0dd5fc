import type { WantedByApp } from '../../shared/domain/subscriptions/parse-file.ts';
import type { Wanted } from '../../shared/domain/subscriptions/wanted.ts';
import type { OptionSpecs } from '../framework/command.ts';
import { targetOptions } from '../target/target.ts';

export const subscriptionOptions = {
  ...targetOptions,
  file: { type: 'string', value: 'FILE', summary: 'what is wanted (default: subscriptions.json)' },
  app: { type: 'string', value: 'APP', summary: 'this X app only (default: every app that the file names)' },
} as const satisfies OptionSpecs;

/** The apps to look at, each with what is wanted. An app that the file does not name is looked at only when asked for. */
export function chosenApps(
  wanted: WantedByApp,
  app: string | undefined,
): readonly (readonly [string, readonly Wanted[]])[] {
  if (app !== undefined) return [[app, wanted.get(app) ?? []]];
  return wanted.size === 0 ? [['default', []]] : [...wanted];
}

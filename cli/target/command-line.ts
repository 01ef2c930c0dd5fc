import type { Target, TargetChoice } from './target.ts';

/** A command as it has to be typed for an app and a stack: `webhook register` → `gapless webhook register --local`. */
export type CommandLine = (words: string, how?: { readonly ofApp: boolean }) => string;

/** `ofApp: false` where the command takes no `--app`. */
export function commandLineFor({ local, stack }: TargetChoice, app: string): CommandLine {
  const place = local ? ' --local' : stack === undefined ? '' : ` --stack ${stack}`;
  return (words, { ofApp } = { ofApp: true }) =>
    `gapless ${words}${ofApp && app !== 'default' ? ` --app ${app}` : ''}${place}`;
}

/** For messages: what is advised there works as it is written. */
export const commandLineOf = ({ choice }: Target, app: string): CommandLine => commandLineFor(choice, app);

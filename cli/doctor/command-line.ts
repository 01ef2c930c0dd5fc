import type { TargetChoice } from '../target/target.ts';

export type Where = TargetChoice;

/** A command as it has to be typed for this app and stack: `webhook register` → `gapless webhook register --local`. */
export type CommandLine = (words: string, how?: { readonly ofApp: boolean }) => string;

/** `ofApp: false` where the command takes no `--app`. */
export function commandLineFor({ local, stack }: Where, app: string): CommandLine {
  const place = local ? ' --local' : stack === undefined ? '' : ` --stack ${stack}`;
  return (words, { ofApp } = { ofApp: true }) =>
    `gapless ${words}${ofApp && app !== 'default' ? ` --app ${app}` : ''}${place}`;
}

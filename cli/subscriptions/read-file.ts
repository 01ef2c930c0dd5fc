import { access, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseSubscriptionsFile, type WantedByApp } from '../../shared/domain/subscriptions/parse-file.ts';
import type { Problem } from '../../shared/domain/subscriptions/problem.ts';
import { GaplessError } from '../../shared/errors.ts';
import { nearest } from '../framework/nearest.ts';
import type { Terminal } from '../framework/terminal.ts';

export const defaultFile = 'subscriptions.json';

/** As commands take it; nothing for the default. */
export const fileOption = (file: string | undefined): string =>
  file === undefined || file === defaultFile ? '' : ` --file ${file}`;

/** The name of the default file where it is there. */
export async function findDefaultFile(directory: string): Promise<string | undefined> {
  return access(resolve(directory, defaultFile)).then(
    () => defaultFile,
    () => undefined,
  );
}

/** More would hide the first. */
const mostShown = 20;

/** Reads what is wanted. Throws `NOT_FOUND`, or `SETTING_INVALID` with every problem of the file. */
export async function readSubscriptionsFile(file: string, { directory }: Terminal): Promise<WantedByApp> {
  const text = await readFile(resolve(directory, file), 'utf8').catch((cause: unknown) => {
    const why =
      cause instanceof Error && 'code' in cause && cause.code === 'ENOENT' ? 'is not there' : 'cannot be read';
    throw new GaplessError(
      'NOT_FOUND',
      `${file} ${why}. Write one, such as {"accounts": [{"id": "2244994945", "events": ["posts", "likes"]}]}, or name another with --file.`,
      { cause },
    );
  });
  const reading = parseSubscriptionsFile(text);
  if (reading.kind === 'wanted') return reading.byApp;
  throw new GaplessError('SETTING_INVALID', problemText(file, reading.problems));
}

function problemText(file: string, problems: readonly Problem[]): string {
  const lines = problems.slice(0, mostShown).map(({ place, says, misspelt }) => {
    const guess = misspelt && nearest(misspelt.given, misspelt.candidates);
    return `  ${place} ${says}${guess === undefined ? '' : `. Did you mean ${JSON.stringify(guess)}?`}`;
  });
  const rest = problems.length - lines.length;
  return [`${file} cannot be used; nothing was changed.`, ...lines, ...(rest > 0 ? [`  and ${rest} more`] : [])].join(
    '\n',
  );
}

import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { object } from '../../shared/domain/json.ts';
import { GaplessError } from '../../shared/errors.ts';
import type { AppKeyName, AppKeys } from '../../shared/x/api-tokens.ts';
import type { Terminal } from '../framework/terminal.ts';
import { checkKeys, keyLabels, namesOf } from './check-keys.ts';
import { keysFromEnvironment, keyVariables, pickFilled } from './environment-keys.ts';

/**
 * An app's keys from a file (`-`: the input), else from the environment, else from the person; no option takes one,
 * since arguments show in the list of processes and in the shell's history. Throws `USAGE` where there are none of
 * those that are `wanted`, and `CREDENTIALS_MALFORMED`.
 */
export async function readKeys(
  file: string | undefined,
  wanted: readonly AppKeyName[],
  terminal: Terminal,
): Promise<AppKeys> {
  const given = file === undefined ? keysFromEnvironment(terminal.env) : await keysFromFile(file, terminal);
  const picked = pick(given, wanted);
  const keys = namesOf(picked).length > 0 || file !== undefined ? picked : await askForKeys(wanted, terminal);
  if (namesOf(keys).length === 0) throw new GaplessError('USAGE', nothing(wanted, file));
  return checkKeys(keys);
}

const pick = (keys: AppKeys, wanted: readonly AppKeyName[]) =>
  pickFilled(wanted.map((name) => [name, keys[name]] as const));

/** Lines as of an .env file, or a JSON object; other names in it are no business of ours. */
async function keysFromFile(file: string, terminal: Terminal): Promise<AppKeys> {
  const bytes =
    file === '-'
      ? await terminal.readInput()
      : await readFile(file).catch((cause: unknown) => {
          const why = cause instanceof Error ? cause.message : String(cause);
          throw new GaplessError('NOT_FOUND', `Nothing was stored: ${file} cannot be read (${why}).`, { cause });
        });
  const text = Buffer.from(bytes).toString();
  return keysFromEnvironment(text.trimStart().startsWith('{') ? parseJson(text) : parseEnv(text));
}

function parseJson(text: string): Readonly<Record<string, string>> {
  try {
    const entries = Object.entries(object(JSON.parse(text)) ?? {});
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    throw new GaplessError('CREDENTIALS_MALFORMED', 'Nothing was stored: the file begins as JSON and is none.');
  }
}

async function askForKeys(wanted: readonly AppKeyName[], { ask, note }: Terminal): Promise<AppKeys> {
  if (ask === undefined) return {};
  note('Paste what the developer portal shows; it stays hidden. Enter alone leaves one out.');
  const answers: [AppKeyName, string][] = [];
  for (const name of wanted) answers.push([name, (await ask(`${keyLabels[name]}: `, { hidden: true })).trim()]);
  return pickFilled(answers);
}

function nothing(wanted: readonly AppKeyName[], file: string | undefined): string {
  const variables = wanted.map((name) => keyVariables[name]).join(', ');
  return file === undefined
    ? `there are no keys to read: set some of ${variables}, or give --file`
    : `${file} has none of ${variables}`;
}

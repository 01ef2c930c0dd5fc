import { GaplessError } from '../shared/errors.ts';

interface Range {
  readonly min: number;
  readonly max: number;
}

export type SettingReader = ReturnType<typeof settingReader>;

/** Keys of CDK and its tools carry one of these characters; the settings do not. */
const foreignKey = /[@:/.-]/;

/** Typed reading of CDK context, where the command line gives text and cdk.json gives JSON. */
export function settingReader(context: Readonly<Record<string, unknown>>) {
  const read = new Set<string>();

  function take(key: string): unknown {
    read.add(key);
    const value = context[key];
    return value === null || value === '' ? undefined : value;
  }

  function optionalText(key: string, pattern: RegExp, expected: string): string | undefined {
    const value = take(key);
    if (value === undefined) return undefined;
    if (typeof value === 'string' && pattern.test(value)) return value;
    throw invalid(key, value, expected);
  }

  function optionalWholeNumber(key: string, range: Range): number | undefined {
    const value = take(key);
    if (value === undefined) return undefined;
    const number = toNumber(value);
    if (Number.isInteger(number) && number >= range.min && number <= range.max) return number;
    throw invalid(key, value, `a whole number from ${range.min} to ${range.max}`);
  }

  return {
    optionalText,
    optionalWholeNumber,
    wholeNumber: (key: string, fallback: number, range: Range): number => optionalWholeNumber(key, range) ?? fallback,
    text: (key: string, fallback: string, pattern: RegExp, expected: string): string =>
      optionalText(key, pattern, expected) ?? fallback,

    oneOf<const T extends string>(key: string, choices: readonly T[], fallback: T): T {
      const value = take(key);
      if (value === undefined) return fallback;
      const choice = choices.find((candidate) => candidate === value);
      if (choice !== undefined) return choice;
      throw invalid(key, value, `one of ${choices.join(', ')}`);
    },

    oneOfNumbers<T extends number>(key: string, choices: readonly T[], fallback: T): T {
      const value = take(key);
      if (value === undefined) return fallback;
      const choice = choices.find((candidate) => candidate === toNumber(value));
      if (choice !== undefined) return choice;
      throw invalid(key, value, `one of ${choices.join(', ')}`);
    },

    /** A JSON array, or text with commas between. Order is kept, repetition refused. */
    list(key: string, fallback: readonly string[], pattern: RegExp, expected: string): readonly string[] {
      const value = take(key);
      if (value === undefined) return fallback;
      const items: readonly unknown[] =
        typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [];
      const names = items.filter((item) => typeof item === 'string').filter((item) => pattern.test(item));
      if (names.length === 0 || names.length < items.length || new Set(names).size < names.length) {
        throw invalid(key, value, `at least one, each once: ${expected}`);
      }
      return names;
    },

    /** A mistyped key would otherwise leave its default in force without a word. */
    refuseUnread(): void {
      const unread = Object.keys(context).filter((key) => !read.has(key) && !foreignKey.test(key));
      if (unread.length === 0) return;
      throw new GaplessError(
        'SETTING_INVALID',
        `There is no setting named ${unread.join(', ')}. Use one of ${[...read].sort().join(', ')}.`,
      );
    },
  };
}

function toNumber(value: unknown): number {
  return typeof value === 'string' && value.trim() !== ''
    ? Number(value)
    : typeof value === 'number'
      ? value
      : Number.NaN;
}

function invalid(key: string, value: unknown, expected: string): GaplessError {
  return new GaplessError(
    'SETTING_INVALID',
    `The setting ${key} is ${JSON.stringify(value)}; it must be ${expected}. Set it in cdk.json's context or with -c ${key}=….`,
  );
}

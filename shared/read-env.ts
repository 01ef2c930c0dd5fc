import { GaplessError } from './errors.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** Typed reading of a function's variables. Every method throws `SETTING_INVALID`. */
export function envReader(env: Env) {
  const required = (name: string): string => {
    const value = env[name];
    if (!value) throw invalid(name, 'is missing');
    return value;
  };

  return {
    required,

    oneOf<const Choice extends string>(name: string, choices: readonly Choice[]): Choice {
      const value = required(name);
      const choice = choices.find((candidate) => candidate === value);
      if (choice !== undefined) return choice;
      throw invalid(name, `is none of ${choices.join(', ')}`);
    },

    /** Not negative. */
    number(name: string): number {
      const number = Number(required(name));
      if (Number.isFinite(number) && number >= 0) return number;
      throw invalid(name, 'is not a number of 0 or more');
    },

    /** A whole number of at least 1. */
    days(name: string): number {
      const number = Number(required(name));
      if (Number.isInteger(number) && number >= 1) return number;
      throw invalid(name, 'is not a whole number of days');
    },

    /** A JSON object of texts, such as app → ARN. */
    texts(name: string): ReadonlyMap<string, string> {
      const parsed = parseJson(name, required(name));
      if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw invalid(name, 'is no object');
      return new Map(
        Object.entries(parsed).map(([member, value]) => {
          if (typeof value === 'string' && value !== '') return [member, value];
          throw invalid(name, `has no text for ${member}`);
        }),
      );
    },
  };
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(name, 'is not JSON');
  }
}

function invalid(name: string, problem: string): GaplessError {
  return new GaplessError('SETTING_INVALID', `The variable ${name} ${problem}. Deploy the stack again, which sets it.`);
}

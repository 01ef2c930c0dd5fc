import { member } from '../../../shared/domain/json.ts';
import { type Answer, invalidRequest } from '../http/answers.ts';
import type { XRequest } from '../http/route.ts';

/** Says which member of an admin request is wrong; answered as a 400. */
export class AdminRequestError extends Error {}

type Handle = (request: XRequest) => Answer | Promise<Answer>;

/** Answers an `AdminRequestError` with its message. */
export function explaining(handle: Handle): Handle {
  return async (request) => {
    try {
      return await handle(request);
    } catch (error) {
      if (error instanceof AdminRequestError) return invalidRequest(error.message);
      throw error;
    }
  };
}

// Each reader gives `undefined` when the member is absent, and throws `AdminRequestError` when it is of another kind.

export function numberIn(body: unknown, name: string, lowest: number, highest: number): number | undefined {
  const value = member(body, name);
  if (value === undefined) return undefined;
  if (typeof value === 'number' && value >= lowest && value <= highest) return value;
  throw new AdminRequestError(`${name}: a number from ${lowest} to ${highest} expected`);
}

export function textIn(body: unknown, name: string): string | undefined {
  const value = member(body, name);
  if (value === undefined || typeof value === 'string') return value;
  throw new AdminRequestError(`${name}: a string expected`);
}

export function flagIn(body: unknown, name: string): boolean | undefined {
  const value = member(body, name);
  if (value === undefined || typeof value === 'boolean') return value;
  throw new AdminRequestError(`${name}: true or false expected`);
}

export function choiceIn<const T extends string>(body: unknown, name: string, choices: readonly T[]): T | undefined {
  const value = member(body, name);
  if (value === undefined) return undefined;
  const choice = choices.find((one) => one === value);
  if (choice !== undefined) return choice;
  throw new AdminRequestError(`${name}: one of ${choices.join(', ')} expected`);
}

/** An ISO time with its zone, as Unix milliseconds. */
export function timeIn(body: unknown, name: string): number | undefined {
  const value = textIn(body, name);
  if (value === undefined) return undefined;
  const atMs = /T.*(Z|[+-]\d\d:\d\d)$/.test(value) ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(atMs)) return atMs;
  throw new AdminRequestError(`${name}: an ISO 8601 time with its zone expected`);
}

export function listIn<T>(body: unknown, name: string, parse: (value: unknown) => T): readonly T[] | undefined {
  const value = member(body, name);
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw new AdminRequestError(`${name}: a list expected`);
  return value.map((entry: unknown) => parse(entry));
}

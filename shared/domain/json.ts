import { scanJson } from './compact-json.ts';

/** A number with the digits it was written with: made by `JSON.rawJSON`, printed unchanged by `JSON.stringify`. */
export interface RawNumber {
  readonly rawJSON: string;
}

export type JsonObject = Readonly<Record<string, unknown>>;

// Node 24 has the "JSON.parse source text access" proposal; TypeScript 7.0 has no types for it.
declare global {
  interface JSON {
    rawJSON(text: string): RawNumber;
    isRawJSON(value: unknown): value is RawNumber;
    parse(
      text: string,
      reviver: (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown,
    ): unknown;
  }
}

/**
 * Nesting up to which JSON is read. V8's reviver and printer recurse and overflow somewhere above 1,000 levels; a
 * fixed limit far below gives the same body the same outcome on every stack. X's bodies have about ten levels.
 */
export const maxDepth = 500;

/** `compact`: the text without whitespace between tokens. Text that is `too-deep` is valid JSON all the same. */
export type JsonReading =
  | { readonly kind: 'json'; readonly value: unknown; readonly compact: string }
  | { readonly kind: 'too-deep'; readonly compact: string }
  | { readonly kind: 'invalid' };

/** Reads JSON without losing a digit: every number is a `RawNumber`. Never throws. */
export function parseJson(text: string): JsonReading {
  const { compact, depth } = scanJson(text);
  try {
    if (depth <= maxDepth) return { kind: 'json', value: JSON.parse(text, keepDigits), compact };
    JSON.parse(text); // Without a reviver V8 does not recurse: this only tells whether it is JSON.
    return { kind: 'too-deep', compact };
  } catch (error) {
    return error instanceof RangeError ? { kind: 'too-deep', compact } : { kind: 'invalid' };
  }
}

function keepDigits(_key: string, value: unknown, { source }: { readonly source?: string }): unknown {
  return typeof value === 'number' && source !== undefined ? JSON.rawJSON(source) : value;
}

/** Prints what `parseJson` read, digit for digit. */
export function printJson(value: unknown): string {
  return JSON.stringify(value);
}

export function isRawNumber(value: unknown): value is RawNumber {
  return JSON.isRawJSON(value);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value);
}

export function object(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

/** The entries of a list; none when it is not one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A string as it is, a `RawNumber` as its digits. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return isRawNumber(value) ? value.rawJSON : undefined;
}

/** What lies under a path of keys, own members only. */
export function member(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const key of path) {
    if (!isObject(at) || !Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return at;
}

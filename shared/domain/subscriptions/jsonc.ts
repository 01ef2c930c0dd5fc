import { findJsonFault } from './find-json-fault.ts';

/** Strings are matched first so that what looks like a comment inside one stays. */
const stringOrComment = /"(?:[^"\\\r\n]|\\.)*"|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g;
const stringOrLastComma = /"(?:[^"\\\r\n]|\\.)*"|,(?=\s*[\]}])/g;

/** Why text is no JSON, and where: both counted from 1. */
export interface SyntaxFault {
  readonly line: number;
  readonly column: number;
}

export type JsoncReading =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'faulty'; readonly fault: SyntaxFault };

/** Reads JSON with `//` and block comments, trailing commas and a byte order mark. Never throws. */
export function readJsonc(text: string): JsoncReading {
  const json = toJson(text);
  const at = findJsonFault(json);
  return at === undefined ? { kind: 'json', value: JSON.parse(json) } : { kind: 'faulty', fault: placeOf(json, at) };
}

/** Plain JSON of the same length: what goes becomes blank, so that a place in one is the same place in the other. */
function toJson(text: string): string {
  return text
    .replace(/^\uFEFF/, ' ')
    .replaceAll(stringOrComment, (found) => (found.startsWith('"') ? found : found.replaceAll(/[^\r\n]/g, ' ')))
    .replaceAll(stringOrLastComma, (found) => (found.startsWith('"') ? found : ' '));
}

function placeOf(json: string, at: number): SyntaxFault {
  const before = json.slice(0, at).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

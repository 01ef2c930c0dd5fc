import { fragments, names } from './fragments.ts';
import { type Span, spansOf } from './spans.ts';

export const jsonEdits = [
  'replace',
  'transplant',
  'remove',
  'duplicate',
  'rename',
  'member',
  'wrap',
  'repeat',
  'nest',
  'swell',
  'space',
] as const;

/** One change of JSON text. The numbers are taken modulo what there is to choose from. */
export interface JsonEdit {
  readonly kind: (typeof jsonEdits)[number];
  readonly at: number;
  readonly choice: number;
}

const pick = <T>(from: readonly T[], choice: number): T | undefined => from[choice % from.length];

/** The text with the change; the same text where there is nothing to change. `donor`: what is transplanted comes from it. */
export function editJson(text: string, { kind, at, choice }: JsonEdit, donor: string): string {
  const span = pick(spansOf(text), at);
  if (span === undefined) return text;
  const value = text.slice(span.valueStart, span.end);
  const put = (by: string) => splice(text, span.valueStart, span.end, by);
  const beside = (other: string) => splice(text, span.start, span.end, `${text.slice(span.start, span.end)},${other}`);
  switch (kind) {
    case 'replace':
      return put(pick(fragments, choice) ?? 'null');
    case 'transplant': {
      const from = pick(spansOf(donor), choice);
      return from === undefined ? text : put(donor.slice(from.valueStart, from.end));
    }
    case 'remove':
      return removed(text, span);
    case 'duplicate':
      return span.start === 0 ? text : beside(text.slice(span.start, span.end));
    case 'rename':
      return span.start === span.valueStart
        ? text
        : splice(text, span.start, span.valueStart, `"${pick(names, choice)}":`);
    case 'member':
      return span.kind === 'object' ? put(withMember(value, choice)) : text;
    case 'wrap':
      return put(choice % 2 === 0 ? `[${value}]` : `{"data":${value}}`);
    case 'repeat':
      return value.length > 2_000
        ? text
        : put(
            `[${Array(choice % (at % 50 === 0 ? 100 : 8))
              .fill(value)
              .join(',')}]`,
          );
    case 'nest':
      return put(nested(value, pick(depths, at) ?? 3, choice % 2 === 0));
    case 'swell':
      return put(`"${(pick(swollen, choice) ?? 'x').repeat(pick(at % 160 === 0 ? large : limits, at) ?? 1)}"`);
    case 'space':
      return splice(
        text,
        span.valueStart,
        span.valueStart,
        pick([' ', '\n', '\t\r\n ', ' '.repeat(500)], choice) ?? '',
      );
  }
}

const depths = [1, 2, 3, 4, 8, 16, 100, 490, 501];
const swollen = ['x', 'é', '\\u00e9', '\\\\', '\u{1F600}'];
/** About the limits of a part of an id, of a token, of a key. */
const limits = [1, 100, 127, 128, 129, 150, 200, 255, 256, 257, 300, 1_023, 1_024, 1_025, 2_049];
/** About the limits of an item, a message, a body. */
const large = [10_000, 60_000, 200_000, 350_000, 410_000, 600_000];

function splice(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

function removed(text: string, { start, end }: Span): string {
  const after = /^\s*,/.exec(text.slice(end, end + 100));
  if (after !== null) return splice(text, start, end + after[0].length, '');
  const before = /,\s*$/.exec(text.slice(Math.max(0, start - 100), start));
  return splice(text, start - (before?.[0].length ?? 0), end, '');
}

function withMember(object: string, choice: number): string {
  const member = `"${pick(names, choice)}":${pick(fragments, Math.floor(choice / names.length))}`;
  return object.replace(/^\{(\s*\})?/, (_opening, empty) => (empty === undefined ? `{${member},` : `{${member}}`));
}

function nested(value: string, depth: number, inLists: boolean): string {
  return inLists ? '['.repeat(depth) + value + ']'.repeat(depth) : '{"data":'.repeat(depth) + value + '}'.repeat(depth);
}

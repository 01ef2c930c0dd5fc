import fc from 'fast-check';
import { type ByteEdit, byteEdits, editBytes } from '../bytes/edits.ts';
import { editJson, type JsonEdit, jsonEdits } from '../json/edits.ts';

/** How a body is made: small to print, exact to repeat, and fast-check can shrink it. */
export interface BodyRecipe {
  /** Which bodies of the corpus, modulo their number: the one that is changed, and one that parts come from. */
  readonly base: number;
  readonly donor: number;
  readonly json: readonly JsonEdit[];
  readonly bytes: readonly ByteEdit[];
}

const number = fc.nat(1_000_000);

/** Half of the bodies stay JSON; a few are the corpus's own. */
export const bodyRecipe: fc.Arbitrary<BodyRecipe> = fc.record({
  base: number,
  donor: number,
  json: fc.array(fc.record({ kind: fc.constantFrom(...jsonEdits), at: number, choice: number }), { maxLength: 4 }),
  bytes: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.array(fc.record({ kind: fc.constantFrom(...byteEdits), at: number, choice: number }), {
        maxLength: 3,
      }),
    },
  ),
});

/** Turns recipes into bytes. */
export function createCook(corpus: readonly Uint8Array[]): (recipe: BodyRecipe) => Uint8Array {
  const bodyAt = (index: number) => corpus[index % corpus.length] ?? new Uint8Array();

  return ({ base, donor, json, bytes }) => {
    const parts = Buffer.from(bodyAt(donor)).toString();
    const edited = json.reduce((text, edit) => editJson(text, edit, parts), Buffer.from(bodyAt(base)).toString());
    const body = json.length === 0 ? bodyAt(base) : Buffer.from(edited);
    return bytes.reduce(editBytes, body);
  };
}

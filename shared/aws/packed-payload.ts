import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { GaplessError } from '../errors.ts';
import { v1 } from './payload-dictionary/v1.ts';

/** The version of the dictionary that is packed with; each fits in a byte. */
const newest = 1;
const dictionaries: ReadonlyMap<number, Buffer> = new Map([[newest, Buffer.from(v1)]]);

/**
 * A payload's UTF-8 as raw deflate, made with a preset dictionary, so that what every event has anyway is not stored with
 * each. The first byte is the version of the dictionary. `undefined`: it would not be smaller than the text.
 */
export function packPayload(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text);
  const deflated = deflateRawSync(bytes, { level: 9, memLevel: 9, ...presetOf(newest) });
  return deflated.length + 1 < bytes.length ? Buffer.concat([Buffer.of(newest), deflated]) : undefined;
}

/** The text that was packed. Throws `GaplessError` ITEM_MALFORMED. */
export function unpackPayload(packed: Uint8Array): string {
  const preset = presetOf(packed[0]);
  try {
    return inflateRawSync(packed.subarray(1), preset).toString();
  } catch (cause) {
    throw new GaplessError(
      'ITEM_MALFORMED',
      'A packed payload cannot be unpacked: its bytes were changed. Restore the item from a backup of the table.',
      { cause },
    );
  }
}

function presetOf(version = 0): { readonly dictionary: Buffer } {
  const dictionary = dictionaries.get(version);
  if (dictionary !== undefined) return { dictionary };
  throw new GaplessError(
    'ITEM_MALFORMED',
    `A payload was packed with dictionary ${version}, which is not known here: a newer version of Gapless stored it. Update.`,
  );
}

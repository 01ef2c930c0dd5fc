import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { GaplessError } from '../errors.ts';
import { v1 } from './payload-dictionary/v1.ts';

/** A payload's UTF-8 as raw deflate, made with a preset dictionary: what every event has anyway is not stored with each. */
export interface PackedPayload {
  readonly packed: Uint8Array;
  /** The version of the dictionary, without which nobody can read it. */
  readonly dictionary: string;
}

const newest = 'v1';
const dictionaries: ReadonlyMap<string, Buffer> = new Map([[newest, Buffer.from(v1)]]);

/** `undefined`: it would not be smaller. */
export function packPayload(text: string): PackedPayload | undefined {
  const bytes = Buffer.from(text);
  const packed = deflateRawSync(bytes, { level: 9, memLevel: 9, ...presetOf(newest) });
  return packed.length < bytes.length ? { packed, dictionary: newest } : undefined;
}

/** The text that was packed. Throws `GaplessError` ITEM_MALFORMED. */
export function unpackPayload({ packed, dictionary }: PackedPayload): string {
  const preset = presetOf(dictionary);
  try {
    return inflateRawSync(packed, preset).toString();
  } catch (cause) {
    throw new GaplessError(
      'ITEM_MALFORMED',
      'A packed payload cannot be unpacked: its bytes were changed, or another dictionary made them. Restore the item from a backup of the table.',
      { cause },
    );
  }
}

function presetOf(version: string): { readonly dictionary: Buffer } {
  const dictionary = dictionaries.get(version);
  if (dictionary !== undefined) return { dictionary };
  throw new GaplessError(
    'ITEM_MALFORMED',
    `A payload was packed with the dictionary ${JSON.stringify(version)}, which is not known here: a newer version of Gapless stored it. Update.`,
  );
}

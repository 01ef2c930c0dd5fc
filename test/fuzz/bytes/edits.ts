export const byteEdits = ['flip', 'cut', 'insert', 'double', 'truncate', 'prefix'] as const;

/** One change of bytes. The numbers are taken modulo what there is to choose from. */
export interface ByteEdit {
  readonly kind: (typeof byteEdits)[number];
  readonly at: number;
  readonly choice: number;
}

/** NUL, a byte order mark, broken and overlong UTF-8, a lone surrogate's UTF-8, line ends, quotes and brackets. */
const sequences: readonly Uint8Array[] = [
  [0x00],
  [0xef, 0xbb, 0xbf],
  [0xff],
  [0xfe, 0xff],
  [0xc0, 0x80],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xe2, 0x82],
  [0x0d, 0x0a],
  [0x22],
  [0x5c],
  [0x7b],
  [0x5d],
  [0x2c],
  [0x20],
  [0xc2, 0xa0],
  [0xef, 0xbf, 0xbf],
].map((bytes) => Uint8Array.from(bytes));

export function editBytes(bytes: Uint8Array, { kind, at, choice }: ByteEdit): Uint8Array {
  const place = bytes.length === 0 ? 0 : at % bytes.length;
  const sequence = sequences[choice % sequences.length] ?? new Uint8Array();
  const upTo = Math.min(bytes.length, place + 1 + (choice % 16));
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
  switch (kind) {
    case 'flip': {
      const flipped = Uint8Array.from(bytes);
      flipped[place] = (flipped[place] ?? 0) ^ (1 << (choice % 8));
      return bytes.length === 0 ? bytes : flipped;
    }
    case 'cut':
      return Buffer.concat([before, bytes.subarray(upTo)]);
    case 'insert':
      return Buffer.concat([before, sequence, after]);
    case 'double':
      return Buffer.concat([bytes.subarray(0, upTo), after]);
    case 'truncate':
      return before;
    case 'prefix':
      return Buffer.concat([sequence, bytes]);
  }
}

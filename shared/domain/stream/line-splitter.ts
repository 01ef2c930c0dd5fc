const lineFeed = 0x0a;
const carriageReturn = 0x0d;

export interface LineSplitter {
  /** The lines that end in this chunk, without their line ends. */
  add(chunk: Uint8Array): readonly Uint8Array[];
  /** No line is begun. */
  readonly isEmpty: boolean;
  /** What came after the last line end. */
  readonly rest: Uint8Array;
}

/** Cuts a stream of bytes into lines. Bytes, not text: a character or a `\r\n` may lie on both sides of a cut. */
export function createLineSplitter(): LineSplitter {
  let parts: Uint8Array[] = [];

  const finish = (part: Uint8Array): Uint8Array => {
    const line = join([...parts, part]);
    parts = [];
    return line.at(-1) === carriageReturn ? line.subarray(0, -1) : line;
  };

  return {
    add(chunk) {
      const lines: Uint8Array[] = [];
      let start = 0;
      for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
        lines.push(finish(chunk.subarray(start, end)));
        start = end + 1;
      }
      if (start < chunk.length) parts.push(chunk.subarray(start));
      return lines;
    },
    get isEmpty() {
      return parts.length === 0;
    },
    get rest() {
      return join(parts);
    },
  };
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

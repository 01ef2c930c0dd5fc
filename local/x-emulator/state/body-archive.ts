import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Where the bodies of what was sent outlive a run, so that they can be replayed after it. */
export interface BodyArchive {
  /** Those that are wanted; the others are removed. */
  read(isWanted: (key: string) => boolean): ReadonlyMap<string, Uint8Array>;
  append(key: string, body: Uint8Array): void;
}

interface Line {
  readonly key: string;
  readonly base64: string;
}

/** One JSON object a line. */
export function createBodyArchive(file: string | undefined): BodyArchive {
  if (file === undefined) return { read: () => new Map(), append: () => {} };
  return {
    read(isWanted) {
      if (!existsSync(file)) return new Map();
      const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
      const wanted = lines.filter((line) => isWanted(parseLine(line).key));
      writeFileSync(file, wanted.map((line) => `${line}\n`).join(''));
      return new Map(wanted.map(parseLine).map(({ key, base64 }) => [key, Buffer.from(base64, 'base64')]));
    },
    append(key, body) {
      const line: Line = { key, base64: Buffer.from(body).toString('base64') };
      appendFileSync(file, `${JSON.stringify(line)}\n`);
    },
  };
}

function parseLine(line: string): Line {
  return JSON.parse(line);
}

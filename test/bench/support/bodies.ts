import { makeAaaMention } from '../../../local/x-emulator/payloads/aaa-posts.ts';
import { type Account, accountOf } from '../../../local/x-emulator/payloads/account.ts';
import { snowflake } from '../../../local/x-emulator/payloads/snowflake.ts';
import { toXJson } from '../../../local/x-emulator/payloads/x-json.ts';

export interface BodyOptions {
  /** Of the whole body, exactly. */
  readonly bytes: number;
  /** Different numbers are different events. */
  readonly number: number;
  readonly atMs: number;
  /** The subscribed account, which is mentioned. */
  readonly account?: Account;
}

/** The many authors: who mentions is not always the same. */
const authors = Array.from({ length: 200 }, (_, index) =>
  accountOf(String(1_042_333_000_000_000_001n + BigInt(index))),
);
const mentioned = accountOf('2244994945');
const sentence = 'Low tide at the old mill, bread at six, and the train to the fjord runs late again. ';

/**
 * One delivery of one event as X writes it, ASCII only: somebody mentions an account, at the length that the size asks
 * for. Throws for sizes that no mention has (below 1,800 bytes or so).
 */
export function makeBody({ bytes, number, atMs, account = mentioned }: BodyOptions): string {
  const author = authors[number % authors.length] ?? mentioned;
  const write = (length: number): string => {
    const text = sentence.repeat(Math.ceil(length / sentence.length)).slice(0, length);
    return toXJson(makeAaaMention({ account, id: snowflake(atMs, number), atMs, author, text }));
  };
  // The text's length shows in more than its own characters, so the size is closed in on, as a scale does it.
  let length = 0;
  let body = write(length);
  for (let weight = bytes; weight >= 1; weight = Math.floor(weight / 2)) {
    const longer = write(length + weight);
    if (longer.length > bytes) continue;
    length += weight;
    body = longer;
  }
  if (body.length > bytes) throw new RangeError(`A mention takes ${body.length} bytes, more than ${bytes}.`);
  return body + ' '.repeat(bytes - body.length);
}

/** Bodies like one another but for the event, `first` and up, made as fast as they can be sent. */
export function makeSimilarBodies({ bytes, number: first, atMs }: BodyOptions, count: number): readonly string[] {
  const idOf = (number: number) => snowflake(atMs, number);
  const pattern = makeBody({ bytes, number: first, atMs });
  return Array.from({ length: count }, (_, index) => pattern.replaceAll(idOf(first), idOf(first + index)));
}

/** The event of such a body. */
export const postIdIn = (body: string): string | undefined => /"id_str":"(\d+)"/.exec(body)?.[1];

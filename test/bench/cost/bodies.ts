import { makeAaaMention, makeAaaReply, makeAaaRepost } from '../../../local/x-emulator/payloads/aaa-posts.ts';
import { accountOf } from '../../../local/x-emulator/payloads/account.ts';
import { postOf, quoteOf, replyTo } from '../../../local/x-emulator/payloads/post.ts';
import { snowflake } from '../../../local/x-emulator/payloads/snowflake.ts';
import { toXBytes } from '../../../local/x-emulator/payloads/x-json.ts';
import { makeXaaDirectMessage } from '../../../local/x-emulator/payloads/xaa-direct-messages.ts';
import { makeXaaPost } from '../../../local/x-emulator/payloads/xaa-posts.ts';
import { randomSigned64, seededRandom } from '../../../local/x-emulator/random.ts';
import { madeUpWriter } from './made-up-text.ts';

const account = accountOf('2244994945');
const strangers = Array.from({ length: 60 }, (_, index) =>
  accountOf(String(1_500_000_000_000_000_001n + BigInt(index) * 7_777_777_777n)),
);

interface Telling {
  readonly number: number;
  readonly atMs: number;
  /** As long as the size of the body asks for. */
  readonly text: string;
  readonly eventUuid: string;
}

const at = (index: number) => strangers[index % strangers.length] ?? account;
const people = ({ number }: Telling) => ({ author: at(number), other: at(number * 7 + 1) });

/** A post that a classic one holds; what else the size asks for is what its author says of himself. */
const classic = (telling: Telling) => ({
  ...seedOf(telling),
  text: telling.text.slice(0, 120),
  author: { ...people(telling).author, bio: telling.text },
});

const seedOf = ({ number, atMs, text }: Telling) => ({ id: snowflake(atMs, number), atMs, text });
const envelopeOf = ({ eventUuid }: Telling) => ({ eventUuid, filter: { user_id: account.id }, tag: 'gapless' });

/** A post of some hours before. */
const older = (telling: Telling, author = account) =>
  postOf({
    id: snowflake(telling.atMs - 7_200_000, telling.number),
    atMs: telling.atMs - 7_200_000,
    author,
    text: telling.text.slice(0, 200),
  });

/** One event each, about nothing but itself. */
const short: readonly ((telling: Telling) => object)[] = [
  (telling) => makeAaaMention({ ...classic(telling), account }),
  (telling) => makeAaaReply({ ...classic(telling), account, original: older(telling) }),
  (telling) =>
    makeXaaDirectMessage({
      ...envelopeOf(telling),
      type: 'dm.received',
      message: {
        ...seedOf(telling),
        text: telling.text.slice(0, 60),
        sender: { ...people(telling).author, bio: telling.text },
        recipient: account,
      },
    }),
];

/** One event each, with the posts inside that make it large. */
const long: readonly ((telling: Telling) => object)[] = [
  (telling) => {
    const { author, other } = people(telling);
    const quoting = quoteOf(older(telling, other), {
      ...seedOf(telling),
      id: snowflake(telling.atMs - 3_600_000, telling.number),
      author: account,
    });
    return makeAaaRepost({ ...seedOf(telling), account, author, reposted: quoting });
  },
  (telling) =>
    makeXaaPost({
      ...envelopeOf(telling),
      type: 'post.quote.create',
      post: quoteOf(older(telling), { ...seedOf(telling), author: people(telling).author }),
    }),
  (telling) =>
    makeXaaPost({
      ...envelopeOf(telling),
      type: 'post.reply.create',
      post: replyTo(older(telling), { ...seedOf(telling), author: people(telling).author }),
    }),
];

/** Bodies of at most `bytes`, and nearly that, in turns of every kind; all of different events, from one seed. */
export function makeBodies(bytes: number, count: number, atMs: number): readonly Uint8Array[] {
  const random = seededRandom(bytes);
  const write = madeUpWriter(random);
  const kinds = bytes > 4_096 ? long : short;
  return Array.from({ length: count }, (_, number) => {
    const make = kinds[number % kinds.length] ?? (() => ({}));
    const telling = { number, atMs: atMs + number * 37, eventUuid: randomSigned64(random) };
    const text = write(bytes);
    const bodyOf = (characters: number) => toXBytes(make({ ...telling, text: text.slice(0, characters) }));
    let characters = 1;
    for (let step = bytes; step >= 1; step = Math.floor(step / 2)) {
      if (bodyOf(characters + step).length <= bytes) characters += step;
    }
    const body = bodyOf(characters);
    if (body.length > bytes || body.length < bytes * 0.95)
      throw new RangeError(`A body has ${body.length} bytes instead of ${bytes}.`);
    return body;
  });
}

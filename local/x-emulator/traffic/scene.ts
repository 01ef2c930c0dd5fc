import { type Account, accountOf } from '../payloads/account.ts';
import { type Post, type PostSeed, postOf } from '../payloads/post.ts';
import { pick, type Random, randomBelow } from '../random.ts';
import { texts } from './texts.ts';

/** A body, and what tells it apart from the others of its kind and account. */
export interface Made {
  /** Where the event is not about the subscribed account. */
  readonly accountId?: string;
  readonly subject: string;
  readonly body: object;
}

/** What one event is made from: whose it is, when it happens, and whom and what else it may name. */
export interface Scene {
  readonly account: Account;
  readonly atMs: number;
  readonly random: Random;
  /** A new snowflake id. */
  readonly id: string;
  /** Somebody who is not `account`. */
  readonly stranger: Account;
  /** What `author` writes now. */
  seed(author: Account): PostSeed;
  /** A post from the hours before. */
  oldPost(author: Account): Post;
}

/** Old short ids and new snowflakes, as on X. */
const strangerIds = Array.from({ length: 60 }, (_, index) =>
  index % 3 === 0
    ? String(10_007 + index * 7_919)
    : String(1_500_000_000_000_000_000n + BigInt(index) * 7_777_777_777_777n),
);
const hourMs = 3_600_000;

interface SceneParts {
  readonly account: Account;
  readonly atMs: number;
  readonly random: Random;
  readonly nextId: (atMs: number) => string;
}

export function createScene({ account, atMs, random, nextId }: SceneParts): Scene {
  const id = nextId(atMs);
  const others = strangerIds.filter((other) => other !== account.id);
  return {
    account,
    atMs,
    random,
    id,
    stranger: accountOf(pick(random, others)),
    seed: (author) => ({ ...pick(random, texts), id, atMs, author }),
    oldPost(author) {
      const oldMs = atMs - hourMs - randomBelow(random, 12 * hourMs);
      return postOf({ ...pick(random, texts), id: nextId(oldMs), atMs: oldMs, author });
    },
  };
}

/** Who does it to whom: the account to a stranger (`outbound`) or a stranger to the account; by chance unless said. */
export function pairOf({ account, stranger, random }: Scene, direction?: string) {
  const outbound = direction === undefined ? random() < 0.5 : direction === 'outbound';
  return outbound ? { source: account, target: stranger } : { source: stranger, target: account };
}

import type { Testimony } from './witness.ts';

/** Counted in the tables, the queues and the metrics. */
export interface Books {
  /** POSTs that the API answered with 200, as `gapless report` reads them. */
  readonly accepted: number;
  /** Sums of the ledger, as `gapless report` adds them up. */
  readonly recorded: number;
  readonly events: number;
  readonly stored: number;
  readonly duplicates: number;
  /** Messages in the queue, in flight or not. */
  readonly waiting: number;
  /** Genuine deliveries in the dead-letter queue, each counted once. */
  readonly deadLettered: number;
  /** Garbage there, with its cause, each counted once. */
  readonly garbageBuried: number;
}

export interface Check {
  readonly name: string;
  readonly left: number;
  readonly right: number;
}

export const holds = ({ left, right }: Check): boolean => left === right;

export interface Balance {
  readonly checks: readonly Check[];
  /** Deliveries that are safe although X heard no 200: the receiver died, or SQS's answer was lost. */
  readonly withoutAnswer: number;
  /** Deliveries of the activity stream, which nobody answers. */
  readonly streamed: number;
  /** Added to the coverage once more: the recorder died after it had added them (docs/data-model.md, "How exact the numbers are"). */
  readonly countedAgain: number;
}

/**
 * The identity of the account while things die in the middle of their work: accepted + without an answer + streamed = recorded −
 * counted again + in flight + dead-lettered. What was counted again is itself counted, from the calls of each
 * invocation: one that ended well has to have counted exactly what it said it was done with.
 */
export function balance(books: Books, testimony: Testimony, garbage: ReadonlySet<string>): Balance {
  const { answered, messages, runs, unsure } = testimony;
  const genuine = [...messages].filter(([id, { kind }]) => kind === 'delivery' && !garbage.has(id));
  const traces = new Set(genuine.map(([, { traceId }]) => traceId));
  const streamed = genuine.filter(([, { way }]) => way === 'stream').length;
  const doneOf = ({ done }: Testimony['runs'][number]) => done.filter((id) => !garbage.has(id));
  const distinct = new Set(runs.flatMap(doneOf)).size;
  const known = runs.reduce((sum, run) => sum + run.counted, 0);
  // A call that died with DynamoDB may have been done or not; the table knows, and no more than those can differ.
  const counted = Math.min(Math.max(books.recorded, known), known + unsure);
  const wrong = runs.filter((run) => run.endedWell && !run.unheard && run.counted !== doneOf(run).length);
  const countedAgain = counted - (distinct - books.deadLettered);
  const checks: readonly Check[] = [
    { name: '200s whose delivery never reached the queue', left: difference(answered, traces), right: 0 },
    {
      name: 'messages that were not settled, or wait',
      left: [...messages.values()].filter(({ settled }) => !settled).length + books.waiting,
      right: 0,
    },
    {
      name: 'accepted + without an answer + streamed = recorded - counted again + in flight + dead-lettered',
      left: genuine.length,
      right: books.recorded - countedAgain + books.waiting + books.deadLettered,
    },
    { name: 'recorded = additions that the table took', left: books.recorded, right: counted },
    { name: 'invocations that counted other than they were done with', left: wrong.length, right: 0 },
    { name: 'events found = stored + duplicates', left: books.events, right: books.stored + books.duplicates },
    { name: 'garbage = in the dead-letter queue with its cause', left: garbage.size, right: books.garbageBuried },
    { name: 'genuine deliveries in the dead-letter queue', left: books.deadLettered, right: 0 },
  ];
  return { checks, withoutAnswer: genuine.length - streamed - books.accepted, streamed, countedAgain };
}

const difference = (some: ReadonlySet<string>, others: ReadonlySet<string>) =>
  [...some].filter((one) => !others.has(one)).length;

import { GaplessError } from '../../errors.ts';

/** What every listing of events takes. */
export interface ListOptions {
  /** Only events of this type. */
  readonly type?: string;
  /** ISO time of `occurredAt`; events at it are in the listing. */
  readonly from?: string;
  /** ISO time of `occurredAt`; events at it are not. */
  readonly to?: string;
  /** At most so many events; any number. */
  readonly limit?: number;
  /** `cursor` of the last event seen: the listing goes on after it, in the same order. */
  readonly cursor?: string;
  /** By `occurredAt`. Default: newest first. */
  readonly order?: 'newest-first' | 'oldest-first';
}

/** The part of the positions that a listing covers: `low` ≤ position < `high`. */
export interface Listing {
  readonly low: string;
  readonly high: string;
  readonly newestFirst: boolean;
  readonly type: string | undefined;
  readonly limit: number;
}

/** Below and above every position, since all begin with a digit. */
const lowest = '0';
const highest = '~';

const cursorPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z#[0-9a-f]{16}$/;

/** Throws `GaplessError` USAGE for what is no time, no cursor or no number of events. */
export function parseListing(options: ListOptions): Listing {
  const { type, from, to, limit = Number.POSITIVE_INFINITY, cursor, order = 'newest-first' } = options;
  if (limit !== Number.POSITIVE_INFINITY && (!Number.isInteger(limit) || limit < 0)) {
    throw new GaplessError('USAGE', `limit is ${limit}; give a whole number of events, or leave it out for all.`);
  }
  if (cursor !== undefined && !cursorPattern.test(cursor)) {
    throw new GaplessError('USAGE', 'cursor is not the cursor of an event; give that of the last event you have seen.');
  }
  const newestFirst = order === 'newest-first';
  const low = from === undefined ? lowest : instant('from', from);
  const high = to === undefined ? highest : instant('to', to);
  return {
    // All positions have the same length, so this is the first after the cursor.
    low: cursor === undefined || newestFirst ? low : later(low, `${cursor}~`),
    high: cursor === undefined || !newestFirst ? high : earlier(high, cursor),
    newestFirst,
    type,
    limit,
  };
}

function later(one: string, other: string): string {
  return one < other ? other : one;
}

function earlier(one: string, other: string): string {
  return one < other ? one : other;
}

function instant(name: string, text: string): string {
  const time = new Date(text);
  const iso = Number.isNaN(time.getTime()) ? '' : time.toISOString();
  if (/^\d{4}-/.test(iso)) return iso;
  throw new GaplessError('USAGE', `${name} is '${text}'; give an ISO time such as 2026-11-21T10:00:00.000Z.`);
}

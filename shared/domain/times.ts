import type { OccurredAtSource } from './event.ts';
import { isRawNumber, text } from './json.ts';

const dayMs = 86_400_000;
const lastMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const snowflakeEpochMs = 1_288_834_974_657n;
/** Ids of posts became times in November 2010; smaller ones were counted and say nothing. */
const firstSnowflakeMs = Date.UTC(2010, 11, 1);

const isoPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;
const v1Pattern =
  /^[A-Z][a-z]{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d\d) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})$/;

/**
 * Milliseconds since 1970 of a time as X writes it: milliseconds as string or number, ISO 8601 (without an offset:
 * UTC), or v1.1's "Mon Mar 26 16:33:26 +0000 2018". `undefined` for anything else and outside the years 1970 to 9999.
 */
export function epochMs(value: unknown): number | undefined {
  const ms = isRawNumber(value) ? Math.trunc(Number(value.rawJSON)) : parseTime(text(value) ?? '');
  return ms >= 0 && ms <= lastMs ? ms : undefined;
}

function parseTime(written: string): number {
  if (/^\d{1,15}$/.test(written)) return Number(written);
  const [iso, offset] = isoPattern.exec(written) ?? [];
  if (iso !== undefined) return Date.parse(offset === undefined ? `${iso}Z` : iso);
  const [v1, month = '', day, clock, zone, year] = v1Pattern.exec(written) ?? [];
  return v1 === undefined ? Number.NaN : Date.parse(`${day} ${month} ${year} ${clock} ${zone}`);
}

export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** A time for a key: the same however it was written. What is no time stays as it is. */
export function timeKey(value: unknown): string | undefined {
  const ms = epochMs(value);
  return ms === undefined ? text(value) || undefined : isoTime(ms);
}

/** The time inside a snowflake id, if it is one that can have been made before `beforeMs`. */
function snowflakeMs(id: string | undefined, beforeMs: number): number | undefined {
  if (id === undefined || !/^\d{1,20}$/.test(id)) return undefined;
  const ms = Number((BigInt(id) >> 22n) + snowflakeEpochMs);
  return ms >= firstSnowflakeMs && ms <= beforeMs ? ms : undefined;
}

/** Where the time of an event may be found. */
export interface TimeSources {
  /** Times in the payload, best first. */
  readonly payload: readonly unknown[];
  readonly envelope: unknown;
  /** The id of what the event created; not of what it deleted or liked. */
  readonly createdId: string | undefined;
  readonly receivedAt: string;
}

export function occurredAt(from: TimeSources): { occurredAt: string; occurredAtSource: OccurredAtSource } {
  const found = (ms: number, occurredAtSource: OccurredAtSource) => ({ occurredAt: isoTime(ms), occurredAtSource });
  for (const time of from.payload) {
    const ms = epochMs(time);
    if (ms !== undefined) return found(ms, 'payload');
  }
  const envelope = epochMs(from.envelope);
  if (envelope !== undefined) return found(envelope, 'envelope');
  const snowflake = snowflakeMs(from.createdId, Date.parse(from.receivedAt) + dayMs);
  if (snowflake !== undefined) return found(snowflake, 'snowflake');
  return { occurredAt: from.receivedAt, occurredAtSource: 'received' };
}

import { type Failing, failureKinds } from '../../domain/stream/back-off.ts';
import type { ConnectionOutcome } from '../../domain/stream/next-try.ts';
import type { SlotNote } from '../../domain/stream/stream-slot.ts';
import type { ConnectionEnd } from './read-connection.ts';
import type { TellNews } from './stream-news.ts';

/** The end of a connection that the reader wants another one after. */
export type Ended = Exclude<ConnectionEnd, { kind: 'left' }>;

/** Its name, for the log, the metrics and the slot. */
export function tellEnd(end: Ended, livedMs: number, tell: TellNews): string {
  switch (end.kind) {
    case 'refused':
      tell({ kind: 'refused', name: end.name, status: end.status, detail: end.detail });
      return end.name;
    case 'unreachable':
      tell({ kind: 'refused', name: 'unreachable', detail: end.why });
      return 'unreachable';
    case 'closed':
      tell({ kind: 'disconnected', name: end.name, livedMs, ...(end.detail === '' ? {} : { detail: end.detail }) });
      return end.name;
    case 'broken':
      tell({ kind: 'disconnected', name: end.name, livedMs });
      return end.name;
  }
}

export function outcomeOf(end: Ended, livedMs: number): ConnectionOutcome {
  switch (end.kind) {
    case 'refused': {
      const retryAtMs = end.retryAtMs === undefined ? {} : { retryAtMs: end.retryAtMs };
      return { kind: 'failed', failure: end.status === 429 ? 'limited' : 'http', livedMs, ...retryAtMs };
    }
    case 'closed':
      return { kind: 'ended', livedMs };
    case 'unreachable':
      return { kind: 'failed', failure: 'network', livedMs };
    case 'broken':
      // SQS needs longer to recover than a connection.
      return { kind: 'failed', failure: end.name === 'queue' ? 'http' : 'network', livedMs };
  }
}

export function failingOf({ failures, failure }: SlotNote): Failing | undefined {
  const kind = failureKinds.find((known) => known === failure);
  return kind === undefined || failures === undefined ? undefined : { kind, count: failures };
}

export function noteOf(notBeforeMs: number, failing: Failing | undefined): SlotNote {
  return { notBeforeMs, ...(failing && { failures: failing.count, failure: failing.kind }) };
}

/** Without the failures, which are over. */
export function calm({ notBeforeMs: _notBefore, failures: _failures, failure: _failure, ...rest }: SlotNote): SlotNote {
  return rest;
}

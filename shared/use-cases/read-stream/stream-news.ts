import type { Interval } from '../../domain/gaps/interval.ts';

/** What happens to a reader, for its log and its metrics. No line's content is in it. */
export type StreamNews =
  /** A tick began. `behindMs`: since the newest coverage; absent when there was none for a day. */
  | { readonly kind: 'looked'; readonly behindMs?: number }
  | { readonly kind: 'connected'; readonly backfillMinutes: number }
  /** A connection ended. `name`: X's own, or `end-of-stream`, `reset`, `silence`, `cut-line`, `queue`. */
  | { readonly kind: 'disconnected'; readonly name: string; readonly detail?: string; readonly livedMs: number }
  /** X gave none. `name`: X's, `http-<status>`, or `unreachable`. */
  | { readonly kind: 'refused'; readonly name: string; readonly status?: number; readonly detail: string }
  | { readonly kind: 'waiting'; readonly untilMs: number; readonly failures: number }
  /** X fills back no further: what came in between has to be recovered or replayed. */
  | { readonly kind: 'break'; readonly span: Interval }
  | { readonly kind: 'recovered'; readonly span: Interval }
  /** Not the whole span: the next tick tries again, or leaves it to the watcher where X refused. */
  | { readonly kind: 'recovery-ended'; readonly span: Interval; readonly why: string }
  | { readonly kind: 'stuck-ended'; readonly connections: number }
  /** With each renewal: whether X streams now. */
  | { readonly kind: 'alive'; readonly connected: boolean }
  /** Lines that reached the queue. */
  | { readonly kind: 'sent'; readonly lines: number }
  | { readonly kind: 'trouble'; readonly what: string; readonly error: unknown };

export type TellNews = (news: StreamNews) => void;

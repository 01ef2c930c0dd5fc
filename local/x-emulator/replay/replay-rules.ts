import type { BodyRules } from './replayed-body.ts';

/** The three documented shapes: OpenAPI 2.167, OpenAPI 2.161, and the Account Activity quickstart's. */
export const answerShapes = ['data', 'flat', 'replay_event'] as const;
export type AnswerShape = (typeof answerShapes)[number];

/** How X handles replay jobs. Where its documents differ, the default is what is hardest for a client. */
export interface ReplayRules extends BodyRules {
  /** How far back a job may reach: 24 h by the newest specification, 5 days in older documents. */
  readonly horizonMs: number;
  /** How old `from_date` and `to_date` must be: 31 and 10 minutes in older documents, 0 in the newest. */
  readonly fromAgeMs: number;
  readonly toAgeMs: number;
  /** Whether the minute of `to_date` belongs to the window: no in older documents, yes in the newest. */
  readonly toInclusive: boolean;
  /** From X's answer to the first event. */
  readonly beginsAfterMs: number;
  /** Whether events count as attempted that met an invalid webhook. X does not say. */
  readonly replaysWithheld: boolean;
  readonly answerShape: AnswerShape;
}

const minuteMs = 60_000;

export const defaultReplayRules: ReplayRules = {
  horizonMs: 24 * 60 * minuteMs,
  fromAgeMs: 31 * minuteMs,
  toAgeMs: 10 * minuteMs,
  toInclusive: false,
  beginsAfterMs: 1_000,
  replaysWithheld: true,
  answerShape: 'data',
  mark: 'xaa',
  eventUuid: 'same',
  labels: 'same',
  text: 'same',
};

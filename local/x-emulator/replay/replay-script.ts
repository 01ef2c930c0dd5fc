import type { AnswerShape } from './replay-rules.ts';
import type { BodyRules } from './replayed-body.ts';

export const behaviours = [
  /** Delivers everything, then says Complete. */
  'complete',
  /** Delivers a part, then says Incomplete. */
  'incomplete',
  /** Says Complete and delivers nothing. */
  'empty',
  /** Delivers everything; the message that it ended is lost. */
  'no-status',
  /** The message overtakes a part of the events. */
  'early-status',
  /** Begins late. */
  'slow-start',
  /** No job: X answers with `reason`. */
  'refuse',
  /** The job runs, but X's answer never reaches the caller. */
  'lost-answer',
] as const;
export type Behaviour = (typeof behaviours)[number];

export const refusalReasons = [
  'QueryParamInvalid',
  'CrcValidationFailed',
  'ReplayConflictError',
  'WebhookIdInvalid',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

type Optional<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

/** What X does with one request for a job. What is absent follows the emulator's rules. */
export interface ReplayScript extends Optional<BodyRules> {
  readonly behaviour: Behaviour;
  /** From X's answer to the first event, of the emulator's clock. Default for a slow start: five minutes. */
  readonly delayMs?: number | undefined;
  /** The part of the events, oldest first, that is delivered at all (`incomplete`) or before the message (`early-status`). Default 0.5. */
  readonly share?: number | undefined;
  /** `refuse`. Default ReplayConflictError. */
  readonly reason?: RefusalReason | undefined;
  /** `lost-answer`: the connection stays open and silent instead of being cut. */
  readonly hang?: boolean | undefined;
  readonly answerShape?: AnswerShape | undefined;
}

const slowStartMs = 5 * 60_000;

/** `undefined`: as the emulator's rules say. */
export function delayOf({ behaviour, delayMs }: ReplayScript): number | undefined {
  return delayMs ?? (behaviour === 'slow-start' ? slowStartMs : undefined);
}

export function bodyRulesOf(script: ReplayScript, rules: BodyRules): BodyRules {
  return {
    mark: script.mark ?? rules.mark,
    eventUuid: script.eventUuid ?? rules.eventUuid,
    labels: script.labels ?? rules.labels,
    text: script.text ?? rules.text,
  };
}

/** How many of its events a job sends before its message, and how many in all. */
interface Course {
  readonly beforeStatus: number;
  readonly inAll: number;
  /** Unless the receiver refuses an event. */
  readonly claimsComplete: boolean;
  readonly hasStatus: boolean;
}

export function courseOf({ behaviour, share = 0.5 }: ReplayScript, events: number): Course {
  const whole = { beforeStatus: events, inAll: events, claimsComplete: true, hasStatus: true };
  const part = Math.floor(events * share);
  switch (behaviour) {
    case 'empty':
      return { ...whole, beforeStatus: 0, inAll: 0 };
    case 'incomplete':
      return { ...whole, beforeStatus: part, inAll: part, claimsComplete: false };
    case 'early-status':
      return { ...whole, beforeStatus: part };
    case 'no-status':
      return { ...whole, hasStatus: false };
    default:
      return whole;
  }
}

import { member, object } from '../../../shared/domain/json.ts';
import { answerShapes } from '../replay/replay-rules.ts';
import { behaviours, type ReplayScript, refusalReasons } from '../replay/replay-script.ts';
import { AdminRequestError, choiceIn, flagIn, listIn, numberIn } from './admin-fields.ts';

/** `start`: a person asks for a job, in X's words; `next`: what becomes of the next requests. */
export type ReplaysRequest =
  | { readonly kind: 'start'; readonly request: unknown; readonly script: ReplayScript }
  | { readonly kind: 'next'; readonly scripts: readonly ReplayScript[] };

function parseScript(value: unknown): ReplayScript {
  return {
    behaviour: choiceIn(value, 'behaviour', behaviours) ?? 'complete',
    delayMs: numberIn(value, 'delayMs', 0, Number.MAX_SAFE_INTEGER),
    share: numberIn(value, 'share', 0, 1),
    reason: choiceIn(value, 'reason', refusalReasons),
    hang: flagIn(value, 'hang'),
    answerShape: choiceIn(value, 'answerShape', answerShapes),
    mark: choiceIn(value, 'mark', ['all', 'xaa', 'none']),
    eventUuid: choiceIn(value, 'eventUuid', ['same', 'changed']),
    labels: choiceIn(value, 'labels', ['same', 'changed']),
    text: choiceIn(value, 'text', ['same', 'rewritten']),
  };
}

/** Throws `AdminRequestError`. */
export function parseReplays(body: unknown): ReplaysRequest {
  const start = object(member(body, 'start'));
  if (start) return { kind: 'start', request: start, script: parseScript(start) };
  const scripts = listIn(body, 'next', (value) =>
    parseScript(typeof value === 'string' ? { behaviour: value } : value),
  );
  if (scripts) return { kind: 'next', scripts };
  throw new AdminRequestError('next: a list of scripts, or start: {webhook_id, from_date, to_date}, expected');
}

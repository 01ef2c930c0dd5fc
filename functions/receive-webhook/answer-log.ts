import { webhookPath } from '../../shared/domain/webhook-path.ts';
import type { AnswerLog } from './env.ts';

/** Told what became of each POST to an app's webhook. */
export type TellAnswer = (app: string, status: number) => void;

/**
 * One short line for each POST, from which the stack counts what was accepted and refused: exact, and a seventh of what a
 * metric in CloudWatch's embedded format would cost. Texts only: filter patterns compare those with `5*`. An HTTP API
 * writes an access log of its own, so there it is silent.
 */
export function answerLog(kind: AnswerLog, write: (line: string) => void): TellAnswer {
  if (kind === 'none') return () => {};
  return (app, status) => write(`${JSON.stringify({ path: webhookPath(app), status: String(status) })}\n`);
}

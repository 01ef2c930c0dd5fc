import type { StepAnswer } from '../../subscription-ports.ts';
import { isOutage } from './attempt.ts';

/** So many steps one after the other that X was not able to do, each of them asked for three times. */
const mostOutages = 3;

/** Blows when going on is of no use: X is down, or takes the app's token no more. */
export interface Fuse {
  heed(answers: readonly StepAnswer[]): void;
  isBlown(): boolean;
}

export function createFuse(): Fuse {
  let outages = 0;
  let isTokenRefused = false;
  return {
    heed(answers) {
      outages = answers.some(isOutage) ? outages + 1 : 0;
      isTokenRefused ||= answers.some(refusesAppToken);
    },
    isBlown: () => isTokenRefused || outages >= mostOutages,
  };
}

function refusesAppToken(answer: StepAnswer): boolean {
  return (
    typeof answer === 'object' && answer.kind === 'refused' && answer.as === 'app' && answer.failure.status === 401
  );
}

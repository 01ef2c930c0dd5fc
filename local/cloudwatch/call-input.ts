import { member, object } from '../../shared/domain/json.ts';
import { invalid, notPlayed } from './refused-call.ts';

/** Throws `RefusedCall` when the input has a member that nothing here looks at, or is no object. */
export function only(input: unknown, known: readonly string[], where: string): void {
  const members = object(input);
  if (members === undefined) throw invalid(`${where} is missing.`);
  const strange = Object.keys(members).filter((name) => !known.includes(name));
  if (strange.length > 0) throw notPlayed(`${strange.join(', ')} of ${where}`);
}

/** Throws `RefusedCall` when there is no text, or an empty one. */
export function text(input: unknown, name: string): string {
  const value = member(input, name);
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(`${name} must be a text that is not empty.`);
}

/** Throws `RefusedCall` when there is no number. */
export function number(input: unknown, name: string): number {
  const value = member(input, name);
  if (typeof value === 'number') return value;
  throw invalid(`${name} must be a number.`);
}

import { member } from '../../../shared/domain/json.ts';
import { GaplessError } from '../../../shared/errors.ts';
import type { Comparison, Condition, Operator } from './condition.ts';

/**
 * Does the log entry meet the condition? Throws `LOCAL_UNSUPPORTED` where AWS does not document the outcome (a number
 * against a text, something that is not there against `!=`): a filter that rests on it may count nothing on AWS.
 */
export function matches(condition: Condition, entry: unknown): boolean {
  if (condition.kind === 'comparison') return holds(condition, entry);
  const inner = (one: Condition) => matches(one, entry);
  return condition.kind === 'all' ? condition.conditions.every(inner) : condition.conditions.some(inner);
}

function holds({ path, operator, literal }: Comparison, entry: unknown): boolean {
  const value = member(entry, ...path);
  if (value === undefined && operator !== '!=') return false;
  // Documented: lists and objects match nothing, not even `!=`.
  if (typeof value === 'object' && value !== null) return false;
  const wanted = operator === '=';
  if (typeof value === 'number') {
    if (literal.kind === 'number') return compare[operator](value, literal.number);
    if (literal.kind === 'wildcard') return literal.expression.test(String(value)) === wanted;
  }
  if (typeof value === 'string') {
    if (literal.kind === 'text') return (value === literal.text) === wanted;
    if (literal.kind === 'wildcard') return literal.expression.test(value) === wanted;
  }
  const found = value === null ? 'null' : typeof value;
  throw new GaplessError(
    'LOCAL_UNSUPPORTED',
    `A filter pattern compares $.${path.join('.')} (${found} in the log) by ${operator} with a ${literal.kind}. AWS does not say what comes of that: put texts in quotes, and log numbers without.`,
  );
}

const compare: Readonly<Record<Operator, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

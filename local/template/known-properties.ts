import { GaplessError } from '../../shared/errors.ts';
import type { Resource } from './read-template.ts';

/**
 * Throws `LOCAL_UNSUPPORTED` for a property that is neither played nor known to change nothing here: a filter on an
 * event source, say, that is ignored in silence would make the local stack lie.
 */
export function checkProperties(
  { logicalId, type, properties }: Resource,
  known: { readonly played: readonly string[]; readonly without: readonly string[] },
): void {
  const strangers = Object.keys(properties).filter((name) => ![...known.played, ...known.without].includes(name));
  if (strangers.length === 0) return;
  throw new GaplessError(
    'LOCAL_UNSUPPORTED',
    `${logicalId} (${type}) has ${strangers.join(', ')}, which the local stack does not play. Teach it in local/template/, or list it as changing nothing here.`,
  );
}

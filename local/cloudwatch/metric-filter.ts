import { member } from '../../shared/domain/json.ts';
import { GaplessError } from '../../shared/errors.ts';
import type { Condition } from './filter-pattern/condition.ts';
import { matches } from './filter-pattern/matches.ts';
import type { MetricStore } from './metric-store.ts';

/** Members from a log entry down to a value. */
type Path = readonly string[];

export interface MetricFilter {
  readonly logicalId: string;
  readonly logGroup: string;
  readonly condition: Condition;
  readonly namespace: string;
  readonly name: string;
  /** Where the values of the dimensions stand in the entry. */
  readonly dimensions: Readonly<Record<string, Path>>;
  readonly value: number | Path;
  /** The value of a minute in which entries came and none matched. */
  readonly defaultValue: number | undefined;
}

/** Counts one entry of the filter's log group. */
export function countEntry(filter: MetricFilter, entry: unknown, store: MetricStore, atMs: number): void {
  const { namespace, name, defaultValue } = filter;
  if (matches(filter.condition, entry)) {
    const dimensions = Object.entries(filter.dimensions).map(([key, path]) => [key, text(filter, entry, path)]);
    const value = typeof filter.value === 'number' ? filter.value : number(filter, entry, filter.value);
    store.add({ metric: { namespace, name, dimensions: Object.fromEntries(dimensions) }, value, atMs });
  } else if (defaultValue !== undefined) {
    store.addDefault({ metric: { namespace, name, dimensions: {} }, value: defaultValue, atMs });
  }
}

function text(filter: MetricFilter, entry: unknown, path: Path): string {
  const value = member(entry, ...path);
  if (typeof value === 'string') return value;
  throw undocumented(filter, path, 'a text');
}

function number(filter: MetricFilter, entry: unknown, path: Path): number {
  const value = member(entry, ...path);
  if (typeof value === 'number') return value;
  throw undocumented(filter, path, 'a number');
}

function undocumented({ logicalId }: MetricFilter, path: Path, wanted: string): GaplessError {
  return new GaplessError(
    'LOCAL_UNSUPPORTED',
    `The metric filter ${logicalId} takes $.${path.join('.')}, which is not ${wanted} in the log. AWS does not say what comes of that: change the log's format or the filter.`,
  );
}

import { list, member } from '../../shared/domain/json.ts';
import { GaplessError } from '../../shared/errors.ts';
import type { DataPoint } from './metric.ts';

/**
 * The metrics in a line that a function printed, in CloudWatch's embedded metric format (CloudWatch guide, "Embedded
 * metric format specification"); none when it is another line. Throws `LOCAL_UNSUPPORTED` for a broken one, which AWS
 * would drop in silence.
 */
export function readEmbeddedMetrics(line: string): readonly DataPoint[] {
  const root = line.includes('"CloudWatchMetrics"') ? parse(line) : undefined;
  const directives = member(root, '_aws', 'CloudWatchMetrics');
  if (directives === undefined) return [];
  const atMs = member(root, '_aws', 'Timestamp');
  if (typeof atMs !== 'number') throw broken('without a numeric Timestamp');
  return list(directives).flatMap((directive) => {
    const namespace = text(member(directive, 'Namespace'), 'Namespace');
    const dimensionSets = list(member(directive, 'Dimensions')).map((names) => dimensionsOf(root, names));
    return list(member(directive, 'Metrics')).flatMap((definition) => {
      const name = text(member(definition, 'Name'), 'Name');
      const values = valuesOf(member(root, name), name);
      return dimensionSets.flatMap((dimensions) =>
        values.map((value) => ({ metric: { namespace, name, dimensions }, value, atMs })),
      );
    });
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function dimensionsOf(root: unknown, names: unknown): Readonly<Record<string, string>> {
  const dimensions = list(names).map((name) => {
    const key = text(name, 'name of a dimension');
    return [key, text(member(root, key), `dimension ${key}`)];
  });
  return Object.fromEntries(dimensions);
}

/** One number, or a list of them. */
function valuesOf(found: unknown, name: string): readonly number[] {
  const values = typeof found === 'number' ? [found] : list(found);
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length === 0 || numbers.length < values.length) throw broken(`whose metric ${name} is no number`);
  return numbers;
}

function text(value: unknown, what: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw broken(`without a text as its ${what}`);
}

function broken(problem: string): GaplessError {
  return new GaplessError(
    'LOCAL_UNSUPPORTED',
    `A function printed embedded metrics ${problem}. CloudWatch would drop them: look where the function adds its metrics.`,
  );
}

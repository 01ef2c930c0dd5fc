import { list, member, object } from '../../shared/domain/json.ts';
import { GaplessError } from '../../shared/errors.ts';
import { parseFilterPattern } from './filter-pattern/parse.ts';
import { pathOf } from './filter-pattern/tokens.ts';
import type { MetricFilter } from './metric-filter.ts';

/** An AWS::Logs::MetricFilter of the template, with references resolved. */
export interface MetricFilterResource {
  readonly logicalId: string;
  readonly properties: unknown;
}

const properties = ['FilterName', 'FilterPattern', 'LogGroupName', 'MetricTransformations'];
const transformationMembers = ['DefaultValue', 'Dimensions', 'MetricName', 'MetricNamespace', 'MetricValue', 'Unit'];

/** Throws `LOCAL_UNSUPPORTED` for whatever it would otherwise have to leave out. */
export function readMetricFilter({ logicalId, properties: found }: MetricFilterResource): MetricFilter {
  const wrong = (problem: string) =>
    new GaplessError(
      'LOCAL_UNSUPPORTED',
      `The metric filter ${logicalId} ${problem}. Write it differently in infra/, or teach local/cloudwatch/.`,
    );
  const text = (value: unknown, name: string): string => {
    if (typeof value === 'string' && value !== '') return value;
    throw wrong(`has no text as its ${name}`);
  };
  const only = (value: unknown, known: readonly string[]): void => {
    const strange = Object.keys(object(value) ?? {}).filter((name) => !known.includes(name));
    if (strange.length > 0) throw wrong(`has ${strange.join(', ')}, which the local stack does not know`);
  };
  const path = (selector: string): readonly string[] => {
    const read = pathOf(selector);
    if (read === undefined) throw wrong(`takes a value from ${selector}, which is no place like $.a.b`);
    return read;
  };

  only(found, properties);
  const [transformation, ...more] = list(member(found, 'MetricTransformations'));
  if (transformation === undefined || more.length > 0) throw wrong('has not exactly one transformation');
  only(transformation, transformationMembers);
  const value = text(member(transformation, 'MetricValue'), 'MetricValue');
  const defaultValue = member(transformation, 'DefaultValue');
  const dimensions = list(member(transformation, 'Dimensions')).map(
    (dimension): readonly [string, readonly string[]] => [
      text(member(dimension, 'Key'), 'Key of a dimension'),
      path(text(member(dimension, 'Value'), 'Value of a dimension')),
    ],
  );
  if (defaultValue !== undefined && !Number.isFinite(Number(defaultValue)))
    throw wrong('has a default that is no number');
  if (defaultValue !== undefined && dimensions.length > 0) {
    throw wrong('has a default value and dimensions, which AWS refuses together');
  }
  return {
    logicalId,
    logGroup: text(member(found, 'LogGroupName'), 'LogGroupName'),
    condition: parseFilterPattern(text(member(found, 'FilterPattern'), 'FilterPattern')),
    namespace: text(member(transformation, 'MetricNamespace'), 'MetricNamespace'),
    name: text(member(transformation, 'MetricName'), 'MetricName'),
    dimensions: Object.fromEntries(dimensions),
    value: Number.isFinite(Number(value)) ? Number(value) : path(value),
    defaultValue: defaultValue === undefined ? undefined : Number(defaultValue),
  };
}

import type { AttributeValue, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';

type Value = string | number | boolean;

/** What happens to the attributes of one item. Those that are `undefined` are left alone. */
export interface Change {
  readonly add?: Readonly<Record<string, number>>;
  readonly set?: Readonly<Record<string, Value | undefined>>;
  /** Set where nothing stands yet. */
  readonly setOnce?: Readonly<Record<string, string | undefined>>;
}

/**
 * Every name has an alias: `stored`, `state`, `unknown` and some 570 others are reserved words. It is `#name`, and the
 * value's is `:name`; a dot, which would be a path, becomes two underscores.
 */
export function updateExpression(change: Change): Partial<UpdateItemCommandInput> {
  const names: Record<string, string> = {};
  const values: Record<string, AttributeValue> = {};
  const clause = (
    attributes: Readonly<Record<string, Value | undefined>> | undefined,
    render: (alias: string) => string,
  ): string[] =>
    Object.entries(attributes ?? {}).flatMap(([name, value]) => {
      if (value === undefined) return [];
      const alias = name.replaceAll('.', '__');
      names[`#${alias}`] = name;
      values[`:${alias}`] = attributeValue(value);
      return [render(alias)];
    });
  const added = clause(change.add, (alias) => `#${alias} :${alias}`);
  const set = [
    ...clause(change.set, (alias) => `#${alias} = :${alias}`),
    ...clause(change.setOnce, (alias) => `#${alias} = if_not_exists(#${alias}, :${alias})`),
  ];
  if (added.length + set.length === 0) return {};
  return {
    UpdateExpression: [
      ...(added.length === 0 ? [] : [`ADD ${added.join(', ')}`]),
      ...(set.length === 0 ? [] : [`SET ${set.join(', ')}`]),
    ].join(' '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}

function attributeValue(value: Value): AttributeValue {
  if (typeof value === 'string') return { S: value.toWellFormed() };
  return typeof value === 'number' ? { N: String(value) } : { BOOL: value };
}

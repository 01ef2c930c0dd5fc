import type { AttributeValue, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';

/** What happens to the attributes of one item. Those that are `undefined` are left alone. */
export interface Change {
  readonly add?: Readonly<Record<string, number>>;
  readonly set?: Readonly<Record<string, string | number | undefined>>;
  /** Set where nothing stands yet. */
  readonly setOnce?: Readonly<Record<string, string | undefined>>;
}

/** Every name is escaped: `stored`, `state`, `unknown` and some 570 others are reserved words. */
export function updateExpression(change: Change): Partial<UpdateItemCommandInput> {
  const names: Record<string, string> = {};
  const values: Record<string, AttributeValue> = {};
  const clause = (
    attributes: Readonly<Record<string, string | number | undefined>> | undefined,
    render: (name: string) => string,
  ): string[] =>
    Object.entries(attributes ?? {}).flatMap(([name, value]) => {
      if (value === undefined) return [];
      names[`#${name}`] = name;
      values[`:${name}`] = typeof value === 'number' ? { N: String(value) } : { S: value.toWellFormed() };
      return [render(name)];
    });
  const added = clause(change.add, (name) => `#${name} :${name}`);
  const set = [
    ...clause(change.set, (name) => `#${name} = :${name}`),
    ...clause(change.setOnce, (name) => `#${name} = if_not_exists(#${name}, :${name})`),
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

import { member, object, text } from '../../../shared/domain/json.ts';

/** Where an index has an entry of an item: all of its key attributes are there (DynamoDB guide, global secondary indexes). */
export interface IndexEntries {
  readonly keys: readonly string[];
  /** Attributes of an entry beside the keys of the index. */
  readonly carried: readonly string[];
}

/** Bytes of an item in DynamoDB's JSON, as DynamoDB counts them (DynamoDB guide, item sizes and formats). */
export function bytesOf(item: Readonly<Record<string, unknown>>): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);
}

function valueBytes(value: unknown): number {
  const [type, found] = Object.entries(object(value) ?? {})[0] ?? [];
  switch (type) {
    case 'S':
      return Buffer.byteLength(text(found) ?? '');
    case 'B':
      return Buffer.from(text(found) ?? '', 'base64').length;
    case 'N':
      return Math.ceil((text(found) ?? '').replace(/\D/g, '').length / 2) + 1;
    case 'BOOL':
    case 'NULL':
      return 1;
    default:
      throw new TypeError(`The bench does not know how large a value of type ${type} is.`);
  }
}

/** One for each KB, begun ones whole. */
export const unitsOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1024));

/** The units of an item's entries in indexes; nothing for an index that it is not in. */
export function indexUnits(item: Readonly<Record<string, unknown>>, indexes: readonly IndexEntries[]): number {
  return indexes
    .filter(({ keys }) => keys.every((key) => key in item))
    .reduce((sum, { keys, carried }) => {
      const entry = Object.entries(item).filter(([name]) => keys.includes(name) || carried.includes(name));
      return sum + unitsOf(bytesOf(Object.fromEntries(entry)));
    }, 0);
}

/** Bytes of an SQS message: its body, and the names, types and values of its attributes. */
export function messageBytes(body: unknown, attributes: unknown): number {
  const parts = Object.entries(object(attributes) ?? {}).flatMap(([name, value]) => [
    name,
    text(member(value, 'DataType')) ?? text(member(value, 'dataType')) ?? '',
    text(member(value, 'StringValue')) ?? text(member(value, 'stringValue')) ?? '',
  ]);
  return [text(body) ?? '', ...parts].reduce((sum, part) => sum + Buffer.byteLength(part), 0);
}

import { GaplessError } from '../errors.ts';

/** An object of JSON that Gapless itself wrote into an item; read with suspicion all the same. */
export interface StoredObject {
  /** Its members, for an object whose names are data. */
  readonly names: readonly string[];
  isNull(name: string): boolean;
  text(name: string): string;
  optionalText(name: string): string | undefined;
  number(name: string): number;
  optionalNumber(name: string): number | undefined;
  oneOf<Value extends string>(name: string, allowed: readonly Value[]): Value;
  object(name: string): StoredObject;
  optionalObject(name: string): StoredObject | undefined;
  objects<T>(name: string, read: (member: StoredObject) => T): readonly T[];
  /** Of a list that an older version did not write. */
  optionalObjects<T>(name: string, read: (member: StoredObject) => T): readonly T[] | undefined;
  numbers(name: string): readonly number[];
}

/** `place` says in the error ITEM_MALFORMED which item it is. */
export function parseStoredObject(json: string, place: string): StoredObject {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    throw malformed(place, 'is not JSON');
  }
  return storedObject(parsed, place);
}

function storedObject(value: unknown, place: string): StoredObject {
  if (typeof value !== 'object' || value === null) throw malformed(place, 'is not an object');
  const members: ReadonlyMap<string, unknown> = new Map(Object.entries(value));
  const at = (name: string) => `${place}.${name}`;

  function optional<T>(name: string, is: (found: unknown) => found is T, kind: string): T | undefined {
    const found = members.get(name);
    if (found === undefined) return undefined;
    if (is(found)) return found;
    throw malformed(at(name), `is not ${kind}`);
  }
  function required<T>(name: string, found: T | undefined): T {
    if (found === undefined) throw malformed(at(name), 'is missing');
    return found;
  }
  const optionalText = (name: string) => optional(name, isText, 'a text');
  const optionalNumber = (name: string) => optional(name, isNumber, 'a number');
  const text = (name: string) => required(name, optionalText(name));
  const list = (name: string) => required(name, optional(name, isList, 'a list'));
  const optionalObject = (name: string) => (members.has(name) ? storedObject(members.get(name), at(name)) : undefined);
  const objects = <T>(name: string, read: (member: StoredObject) => T) =>
    list(name).map((member, index) => read(storedObject(member, `${at(name)}[${index}]`)));

  return {
    names: [...members.keys()],
    isNull: (name) => members.get(name) === null,
    text,
    optionalText,
    number: (name) => required(name, optionalNumber(name)),
    optionalNumber,
    oneOf(name, allowed) {
      const named = text(name);
      const found = allowed.find((candidate) => candidate === named);
      if (found === undefined) throw malformed(at(name), `is none of ${allowed.join(', ')}`);
      return found;
    },
    object: (name) => required(name, optionalObject(name)),
    optionalObject,
    objects,
    optionalObjects: (name, read) => (members.has(name) ? objects(name, read) : undefined),
    numbers: (name) =>
      list(name).map((member) => {
        if (isNumber(member)) return member;
        throw malformed(at(name), 'has a member that is not a number');
      }),
  };
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

function malformed(place: string, problem: string): GaplessError {
  return new GaplessError(
    'ITEM_MALFORMED',
    `The ledger cannot be read: ${place} ${problem}. Only Gapless writes this table; a newer version may have: update.`,
  );
}

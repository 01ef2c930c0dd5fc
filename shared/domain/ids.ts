import { member, object, text } from './json.ts';

/** An id: a string that is not empty, or the digits of a number. */
export function id(value: unknown): string | undefined {
  return text(value) || undefined;
}

/** XAA wraps some objects as `{"data": {…}}` and leaves others bare. */
export function unwrapped(value: unknown): unknown {
  const inner = object(member(value, 'data'));
  return inner !== undefined && member(value, 'id') === undefined ? inner : value;
}

/** The id of a post or user object. `id_str` first: in v1.1 objects a number may be rounded. */
export function objectId(value: unknown): string | undefined {
  const bare = unwrapped(value);
  return id(member(bare, 'id_str')) ?? id(member(bare, 'id'));
}

/** The id under `<name>_str`, else under `<name>`. */
export function namedId(value: unknown, name: string): string | undefined {
  return id(member(value, `${name}_str`)) ?? id(member(value, name));
}

import { GaplessError } from '../../shared/errors.ts';
import { checkProperties } from './known-properties.ts';
import type { Resource, Template } from './read-template.ts';
import { resolve, type Scope } from './resolve.ts';
import type { PlayedType } from './resource-types.ts';

/** The properties of one resource that are played, with references resolved, read by the type that each must have. */
export class Properties {
  readonly resource: Resource;
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(resource: Resource, values: Readonly<Record<string, unknown>>) {
    this.resource = resource;
    this.#values = values;
  }

  any(name: string): unknown {
    return this.#values[name];
  }

  text(name: string): string {
    const value = this.#values[name];
    if (typeof value === 'string') return value;
    throw this.#wrong(name, 'is not a text');
  }

  /** CloudFormation takes numbers as text, too. */
  number(name: string, otherwise: number): number {
    const value = this.#values[name] ?? otherwise;
    const number = typeof value === 'string' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
    throw this.#wrong(name, 'is not a number');
  }

  /** Throws unless the property has this value or is absent. */
  only(name: string, value: string): void {
    const found = this.#values[name] ?? value;
    if (found !== value) throw this.#wrong(name, `is ${String(found)}; the local stack plays only ${value}`);
  }

  #wrong(name: string, problem: string): GaplessError {
    const { logicalId, type } = this.resource;
    return new GaplessError('LOCAL_UNSUPPORTED', `${name} of ${logicalId} (${type}) ${problem}.`);
  }
}

/**
 * Every resource of a type. `played` are the properties that are read; those of `without` change nothing on one machine;
 * any other throws `LOCAL_UNSUPPORTED`.
 */
export function propertiesOf(
  { resources }: Template,
  type: PlayedType,
  scope: Scope,
  known: { readonly played: readonly string[]; readonly without: readonly string[] },
): readonly Properties[] {
  return resources
    .filter((resource) => resource.type === type)
    .map((resource) => {
      checkProperties(resource, known);
      const read = Object.entries(resource.properties).filter(([name]) => known.played.includes(name));
      return new Properties(resource, Object.fromEntries(read.map(([name, value]) => [name, resolve(value, scope)])));
    });
}

import { member, object } from '../../shared/domain/json.ts';
import { GaplessError } from '../../shared/errors.ts';

/** What references of the template mean on this machine. `undefined`: nothing. */
export interface Scope {
  ref(name: string): string | undefined;
  attribute(logicalId: string, name: string): string | undefined;
}

const unsupported = (what: string) =>
  new GaplessError(
    'LOCAL_UNSUPPORTED',
    `The local stack cannot resolve ${what} of the template. Teach it in local/template/, or write it differently in infra/.`,
  );

/** Puts values in the place of CloudFormation's intrinsic functions. Throws `LOCAL_UNSUPPORTED` for one that it does not know. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((entry: unknown) => resolve(entry, scope));
  const record = object(value);
  if (record === undefined) return value;
  const [name, argument] = Object.entries(record)[0] ?? [];
  if (name === undefined || (name !== 'Ref' && !name.startsWith('Fn::'))) {
    return Object.fromEntries(Object.entries(record).map(([key, entry]) => [key, resolve(entry, scope)]));
  }
  const intrinsic = intrinsics[name];
  if (intrinsic === undefined) throw unsupported(`the intrinsic ${name}`);
  return intrinsic(argument, scope);
}

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope) => ref(String(name), scope),
  'Fn::GetAtt': (path, scope) => {
    const [logicalId = '', ...names] = Array.isArray(path) ? path.map(String) : String(path).split('.');
    return attribute(logicalId, names.join('.'), scope);
  },
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = pair(argument, 'Fn::Join', scope);
    return strings(parts, 'Fn::Join').join(String(separator));
  },
  'Fn::Split': (argument, scope) => {
    const [separator, source] = pair(argument, 'Fn::Split', scope);
    return String(source).split(String(separator));
  },
  'Fn::Select': (argument, scope) => {
    const [index, parts] = pair(argument, 'Fn::Select', scope);
    return strings(parts, 'Fn::Select')[Number(index)];
  },
  'Fn::Sub': (argument, scope) => {
    const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
    return String(template).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal !== '') return `\${${name}}`;
      const variable = member(variables, name);
      if (variable !== undefined) return String(resolve(variable, scope));
      const [logicalId = '', ...names] = name.split('.');
      return names.length === 0 ? ref(name, scope) : attribute(logicalId, names.join('.'), scope);
    });
  },
};

function ref(name: string, scope: Scope): string {
  const value = scope.ref(name);
  if (value === undefined) throw unsupported(`the reference to ${name}`);
  return value;
}

function attribute(logicalId: string, name: string, scope: Scope): string {
  const value = scope.attribute(logicalId, name);
  if (value === undefined) throw unsupported(`the attribute ${name} of ${logicalId}`);
  return value;
}

function pair(argument: unknown, name: string, scope: Scope): readonly unknown[] {
  if (!Array.isArray(argument) || argument.length !== 2) throw unsupported(`this form of ${name}`);
  return argument.map((entry: unknown) => resolve(entry, scope));
}

function strings(value: unknown, name: string): readonly string[] {
  if (!Array.isArray(value)) throw unsupported(`this form of ${name}`);
  return value.map(String);
}

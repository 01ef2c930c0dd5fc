import { readFile } from 'node:fs/promises';
import { type JsonObject, list, member, object, text } from '../../shared/domain/json.ts';
import { GaplessError } from '../../shared/errors.ts';

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  /** With references unresolved. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly stackName: string;
  /** Asset paths in metadata are relative to it. */
  readonly assemblyDir: string;
  readonly resources: readonly Resource[];
  /** Name → value with references unresolved. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

export interface TemplateLocation {
  readonly stackName: string;
  readonly assemblyDir: string;
  readonly templatePath: string;
}

/** Reads a synthesized CloudFormation template. Throws `LOCAL_UNSUPPORTED` for conditions, which nothing here evaluates. */
export async function readTemplate({ stackName, assemblyDir, templatePath }: TemplateLocation): Promise<Template> {
  const parsed: unknown = JSON.parse(await readFile(templatePath, 'utf8'));
  const resources = Object.entries(object(member(parsed, 'Resources')) ?? {}).map(([logicalId, resource]) => {
    if (member(resource, 'Condition') !== undefined) {
      throw new GaplessError(
        'LOCAL_UNSUPPORTED',
        `${logicalId} of the template is created under a condition, which the local stack cannot evaluate. Decide it in infra/ instead.`,
      );
    }
    return {
      logicalId,
      type: text(member(resource, 'Type')) ?? '',
      properties: object(member(resource, 'Properties')) ?? {},
      metadata: object(member(resource, 'Metadata')) ?? {},
    };
  });
  const outputs = Object.fromEntries(
    Object.entries(object(member(parsed, 'Outputs')) ?? {}).map(([name, output]) => [name, member(output, 'Value')]),
  );
  return { stackName, assemblyDir, resources, outputs };
}

/** The entries of a list property. */
export const entries = (value: unknown): readonly JsonObject[] =>
  list(value)
    .map(object)
    .filter((entry) => entry !== undefined);

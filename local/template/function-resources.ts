import { join } from 'node:path';
import { member, object } from '../../shared/domain/json.ts';
import { GaplessError } from '../../shared/errors.ts';
import { type FunctionSpec, functionArn } from '../lambda/function-spec.ts';
import { physicalName } from './names.ts';
import { propertiesOf } from './properties.ts';
import type { Template } from './read-template.ts';
import type { Scope } from './resolve.ts';

export interface EventSourceSpec {
  readonly queueName: string;
  readonly functionName: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly reportsItemFailures: boolean;
  /** Batches at once; `undefined`: as many as the function has processes. */
  readonly maxConcurrency: number | undefined;
}

export function readFunctions(template: Template, scope: Scope): readonly FunctionSpec[] {
  return propertiesOf(template, 'AWS::Lambda::Function', scope, {
    played: [
      'Environment',
      'Handler',
      'LoggingConfig',
      'MemorySize',
      'ReservedConcurrentExecutions',
      'Runtime',
      'Timeout',
    ],
    // The code lies where the asset's metadata says; what a function may do is not checked here.
    without: ['Architectures', 'Code', 'Description', 'Role'],
  }).map((properties) => {
    const { resource } = properties;
    properties.only('Runtime', 'nodejs24.x');
    const asset = member(resource.metadata, 'aws:asset:path');
    if (typeof asset !== 'string') {
      throw new GaplessError(
        'LOCAL_UNSUPPORTED',
        `${resource.logicalId} of the template does not say where its code is.`,
      );
    }
    const name = physicalName(template.stackName, resource);
    const logGroup = member(properties.any('LoggingConfig'), 'LogGroup');
    const variables = Object.entries(object(member(properties.any('Environment'), 'Variables')) ?? {});
    const reserved = properties.number('ReservedConcurrentExecutions', -1);
    return {
      name,
      logicalId: resource.logicalId,
      codeDir: join(template.assemblyDir, asset),
      handler: properties.text('Handler'),
      timeoutSeconds: properties.number('Timeout', 3),
      memoryMb: properties.number('MemorySize', 128),
      environment: Object.fromEntries(variables.map(([name, value]) => [name, String(value)])),
      // Lambda's own choice where none is made (Lambda guide, log groups).
      logGroup: typeof logGroup === 'string' ? logGroup : `/aws/lambda/${name}`,
      ...(reserved < 0 ? {} : { reservedConcurrency: reserved }),
    };
  });
}

export function readEventSources(template: Template, scope: Scope): readonly EventSourceSpec[] {
  return propertiesOf(template, 'AWS::Lambda::EventSourceMapping', scope, {
    played: [
      'BatchSize',
      'EventSourceArn',
      'FunctionName',
      'FunctionResponseTypes',
      'MaximumBatchingWindowInSeconds',
      'ScalingConfig',
    ],
    without: [],
  }).map((properties) => {
    const responses = properties.any('FunctionResponseTypes');
    const maxConcurrency = member(properties.any('ScalingConfig'), 'MaximumConcurrency');
    return {
      queueName: lastPart(properties.text('EventSourceArn')),
      functionName: lastPart(properties.text('FunctionName')),
      batchSize: properties.number('BatchSize', 10),
      windowSeconds: properties.number('MaximumBatchingWindowInSeconds', 0),
      reportsItemFailures: Array.isArray(responses) && responses.includes('ReportBatchItemFailures'),
      maxConcurrency: typeof maxConcurrency === 'number' ? maxConcurrency : undefined,
    };
  });
}

/** The name in an ARN; a name alone is itself. */
const lastPart = (arn: string) => arn.split(':').at(-1) ?? arn;

/** The function of a reference to its ARN or name. Throws `LOCAL_UNSUPPORTED` when the template has no such function. */
export function functionOf(template: Template, reference: string): string {
  const names = template.resources
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map((resource) => physicalName(template.stackName, resource));
  const found = names.find((name) => reference === name || reference === functionArn(name));
  if (found !== undefined) return found;
  throw new GaplessError(
    'LOCAL_UNSUPPORTED',
    `${reference} is no function of the template; the local stack calls only those.`,
  );
}

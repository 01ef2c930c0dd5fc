import { GaplessError } from '../shared/errors.ts';
import type { MetricFilterResource } from './cloudwatch/read-metric-filter.ts';
import type { FunctionSpec } from './lambda/function-spec.ts';
import {
  type QueueSpec,
  readBuckets,
  readQueues,
  readSecrets,
  readTables,
  type TableSpec,
} from './template/data-resources.ts';
import { type EventSourceSpec, readEventSources, readFunctions } from './template/function-resources.ts';
import { type AccessLogSpec, readAccessLog, readMetricFilters } from './template/log-resources.ts';
import { createScope, type Places } from './template/names.ts';
import type { Template } from './template/read-template.ts';
import { resolve } from './template/resolve.ts';
import { checkTypes } from './template/resource-types.ts';
import {
  type RouteSpec,
  readFunctionUrls,
  readRoutes,
  readSchedules,
  type ScheduleSpec,
} from './template/trigger-resources.ts';

/** What the template says, in the words of this machine. */
export interface StackModel {
  readonly tables: readonly TableSpec[];
  readonly queues: readonly QueueSpec[];
  readonly buckets: readonly string[];
  readonly secrets: readonly string[];
  readonly functions: readonly FunctionSpec[];
  readonly eventSources: readonly EventSourceSpec[];
  readonly routes: readonly RouteSpec[];
  readonly schedules: readonly ScheduleSpec[];
  /** `undefined`: the API writes none. */
  readonly accessLog: AccessLogSpec | undefined;
  readonly metricFilters: readonly MetricFilterResource[];
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * Interprets a template for this machine. `places`: where people find its parts; `functionPlaces`: where functions do.
 * Throws `LOCAL_UNSUPPORTED` for whatever it would otherwise have to leave out.
 */
export function interpretTemplate(template: Template, places: Places, functionPlaces: Places = places): StackModel {
  checkTypes(template.resources);
  const scope = createScope(template, places);
  const outputs = Object.entries(template.outputs).map(([name, value]) => [name, String(resolve(value, scope))]);
  return {
    tables: readTables(template, scope),
    queues: readQueues(template, scope),
    buckets: readBuckets(template, scope),
    secrets: readSecrets(template, scope),
    functions: readFunctions(template, createScope(template, functionPlaces)),
    eventSources: readEventSources(template, scope),
    routes: oneDoor([...readRoutes(template, scope), ...readFunctionUrls(template, scope)]),
    schedules: readSchedules(template, scope),
    accessLog: readAccessLog(template, scope),
    metricFilters: readMetricFilters(template, scope),
    outputs: Object.fromEntries(outputs),
  };
}

/** There is one port to come in by. */
function oneDoor(routes: readonly RouteSpec[]): readonly RouteSpec[] {
  const doors = new Set(routes.map(({ apiId }) => apiId));
  if (doors.size <= 1) return routes;
  throw new GaplessError(
    'LOCAL_UNSUPPORTED',
    `The template has ${doors.size} HTTP APIs and function URLs (${[...doors].join(', ')}); the local stack plays one.`,
  );
}

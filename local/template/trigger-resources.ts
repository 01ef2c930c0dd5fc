import { member } from '../../shared/domain/json.ts';
import { GaplessError } from '../../shared/errors.ts';
import type { DoorKind } from '../triggers/front-door.ts';
import { functionOf } from './function-resources.ts';
import { physicalName } from './names.ts';
import { type Properties, propertiesOf } from './properties.ts';
import { entries, type Template } from './read-template.ts';
import type { Scope } from './resolve.ts';

export interface RouteSpec {
  readonly door: DoorKind;
  /** `ANY /webhooks/x/{app}`. */
  readonly routeKey: string;
  readonly apiId: string;
  readonly functionName: string;
  readonly timeoutMs: number;
}

export interface ScheduleSpec {
  readonly name: string;
  readonly functionName: string;
  readonly everyMs: number;
  /** JSON; `undefined`: EventBridge's own event. */
  readonly input: string | undefined;
  readonly source: 'aws.scheduler' | 'aws.events';
}

/** The default of an HTTP API's integration, and its maximum. */
const integrationTimeoutMs = 30_000;

export function readRoutes(template: Template, scope: Scope): readonly RouteSpec[] {
  for (const api of propertiesOf(template, 'AWS::ApiGatewayV2::Api', scope, {
    played: ['ProtocolType'],
    without: ['Description', 'DisableExecuteApiEndpoint', 'Name'],
  })) {
    api.only('ProtocolType', 'HTTP');
  }
  const integrations = propertiesOf(template, 'AWS::ApiGatewayV2::Integration', scope, {
    played: ['ApiId', 'IntegrationType', 'IntegrationUri', 'PayloadFormatVersion', 'TimeoutInMillis'],
    without: ['Description'],
  });

  return propertiesOf(template, 'AWS::ApiGatewayV2::Route', scope, {
    played: ['ApiId', 'AuthorizationType', 'RouteKey', 'Target'],
    without: [],
  }).map((route) => {
    route.only('AuthorizationType', 'NONE');
    const target = route.text('Target').replace('integrations/', '');
    const integration = integrations.find(({ resource }) => physicalName(template.stackName, resource) === target);
    if (integration === undefined) {
      throw new GaplessError(
        'LOCAL_UNSUPPORTED',
        `The route ${route.text('RouteKey')} has no integration of the template.`,
      );
    }
    integration.only('IntegrationType', 'AWS_PROXY');
    integration.only('PayloadFormatVersion', '2.0');
    return {
      door: 'http-api',
      routeKey: route.text('RouteKey'),
      apiId: route.text('ApiId'),
      functionName: functionOf(template, integration.text('IntegrationUri')),
      timeoutMs: integration.number('TimeoutInMillis', integrationTimeoutMs),
    };
  });
}

/** The longest that a function can run; nothing in front of a function URL ends it earlier. */
const longestRunMs = 900_000;

/** A function URL: everything that comes goes to its function. */
export function readFunctionUrls(template: Template, scope: Scope): readonly RouteSpec[] {
  return propertiesOf(template, 'AWS::Lambda::Url', scope, {
    played: ['AuthType', 'InvokeMode', 'TargetFunctionArn'],
    without: [],
  }).map((url) => {
    url.only('AuthType', 'NONE');
    url.only('InvokeMode', 'BUFFERED');
    return {
      door: 'function-url',
      routeKey: '$default',
      apiId: physicalName(template.stackName, url.resource),
      functionName: functionOf(template, url.text('TargetFunctionArn')),
      timeoutMs: longestRunMs,
    };
  });
}

/** Enabled schedules of EventBridge Scheduler, and rules of EventBridge with a rate. */
export function readSchedules(template: Template, scope: Scope): readonly ScheduleSpec[] {
  const schedules = propertiesOf(template, 'AWS::Scheduler::Schedule', scope, {
    played: ['ScheduleExpression', 'State', 'Target'],
    without: ['Description', 'FlexibleTimeWindow', 'GroupName', 'Name', 'ScheduleExpressionTimezone'],
  }).map((schedule) => ({ schedule, targets: [schedule.any('Target')], source: 'aws.scheduler' as const }));
  const rules = propertiesOf(template, 'AWS::Events::Rule', scope, {
    played: ['ScheduleExpression', 'State', 'Targets'],
    without: ['Description', 'Name'],
  }).map((schedule) => ({ schedule, targets: entries(schedule.any('Targets')), source: 'aws.events' as const }));

  checkInvokedOnce(template, scope);
  return [...schedules, ...rules]
    .filter(({ schedule }) => schedule.any('State') !== 'DISABLED')
    .flatMap(({ schedule, targets, source }) =>
      targets.map((target) => {
        const input = member(target, 'Input');
        return {
          name: physicalName(template.stackName, schedule.resource),
          functionName: functionOf(template, String(member(target, 'Arn'))),
          everyMs: rateOf(schedule),
          input: typeof input === 'string' ? input : undefined,
          source,
        };
      }),
    );
}

/** A schedule's invocation that fails is not tried again here; throws when the template wants it to be. */
function checkInvokedOnce(template: Template, scope: Scope): void {
  for (const config of propertiesOf(template, 'AWS::Lambda::EventInvokeConfig', scope, {
    played: ['MaximumRetryAttempts'],
    without: ['FunctionName', 'MaximumEventAgeInSeconds', 'Qualifier'],
  })) {
    if (config.number('MaximumRetryAttempts', 2) === 0) continue;
    throw new GaplessError(
      'LOCAL_UNSUPPORTED',
      `${config.resource.logicalId} wants failed invocations tried again, which the local stack does not do.`,
    );
  }
}

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

function rateOf(schedule: Properties): number {
  const expression = schedule.text('ScheduleExpression');
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (unit === 'minute' || unit === 'hour' || unit === 'day') return Number(count) * unitMs[unit];
  throw new GaplessError(
    'LOCAL_UNSUPPORTED',
    `The schedule ${schedule.resource.logicalId} is ${expression}; the local stack plays only rate(…).`,
  );
}

import { member } from '../../shared/domain/json.ts';
import { GaplessError } from '../../shared/errors.ts';
import type { MetricFilterResource } from '../cloudwatch/read-metric-filter.ts';
import { propertiesOf } from './properties.ts';
import type { Template } from './read-template.ts';
import { resolve, type Scope } from './resolve.ts';

/** What API Gateway writes about each request, and where. */
export interface AccessLogSpec {
  /** As a metric filter names it. */
  readonly logGroup: string;
  /** With `$context` variables. */
  readonly format: string;
}

/** The access log of the API's one stage; `undefined`: it has none. */
export function readAccessLog(template: Template, scope: Scope): AccessLogSpec | undefined {
  const [stage, ...more] = propertiesOf(template, 'AWS::ApiGatewayV2::Stage', scope, {
    played: ['AccessLogSettings', 'StageName'],
    // It deploys by itself; its throttles stay on AWS.
    without: ['ApiId', 'AutoDeploy', 'DefaultRouteSettings'],
  });
  if (more.length > 0) throw new GaplessError('LOCAL_UNSUPPORTED', 'The local stack plays one stage of the API only.');
  stage?.only('StageName', '$default');
  const settings = stage?.any('AccessLogSettings');
  const format = member(settings, 'Format');
  const arn = member(settings, 'DestinationArn');
  if (typeof format !== 'string' || typeof arn !== 'string') return undefined;
  return { logGroup: arn.split(':')[6] ?? '', format };
}

/** With references resolved; what they mean, the local CloudWatch knows. */
export function readMetricFilters({ resources }: Template, scope: Scope): readonly MetricFilterResource[] {
  return resources
    .filter(({ type }) => type === 'AWS::Logs::MetricFilter')
    .map(({ logicalId, properties }) => ({ logicalId, properties: resolve(properties, scope) }));
}

import { GaplessError } from '../../shared/errors.ts';
import type { Resource } from './read-template.ts';

/** Resource types that the local stack plays. */
export const playedTypes = [
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Events::Rule',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Url',
  'AWS::Logs::MetricFilter',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::Scheduler::Schedule',
  'AWS::SecretsManager::Secret',
] as const;

export type PlayedType = (typeof playedTypes)[number];

/** Types that need nothing here: who may do what, what is watched and told, names in the DNS. Nothing else is left out. */
const nothingToPlay: ReadonlySet<string> = new Set([
  'AWS::ApiGatewayV2::ApiMapping',
  'AWS::ApiGatewayV2::DomainName',
  'AWS::CDK::Metadata',
  'AWS::CertificateManager::Certificate',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  // Asynchronous invocations are tried once here, which is what the stack asks for.
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Route53::RecordSet',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::ScheduleGroup',
]);

/** Throws `LOCAL_UNSUPPORTED` when the template has a resource of another type, so that nothing is missing in silence. */
export function checkTypes(resources: readonly Resource[]): void {
  const known = new Set<string>([...playedTypes, ...nothingToPlay]);
  const strangers = resources.filter(({ type }) => !known.has(type));
  if (strangers.length === 0) return;
  const names = strangers.map(({ logicalId, type }) => `${logicalId} (${type})`).join(', ');
  throw new GaplessError(
    'LOCAL_UNSUPPORTED',
    `The local stack does not know what to do with ${names}. Play the type in local/, or list it in local/template/resource-types.ts as needing nothing.`,
  );
}

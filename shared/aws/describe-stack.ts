import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GaplessError } from '../errors.ts';
import { parseStackOutputs, type StackOutputs } from './stack-outputs.ts';

/**
 * Reads the outputs of a deployed stack with the ordinary credentials and region of AWS tools. Throws `GaplessError`:
 * `REGION_MISSING`, `CREDENTIALS_MISSING`, `STACK_NOT_FOUND`, `STACK_INCOMPLETE`; AWS's own error for the rest.
 */
export async function describeStack(stackName: string, signal?: AbortSignal): Promise<StackOutputs> {
  const client = new CloudFormationClient({});
  const region = await client.config.region().catch((cause: unknown) => {
    throw new GaplessError(
      'REGION_MISSING',
      'No AWS region is set. Set AWS_REGION, or AWS_PROFILE to a profile that names one.',
      { cause },
    );
  });
  const description = await client
    .send(new DescribeStacksCommand({ StackName: stackName }), signal ? { abortSignal: signal } : {})
    .catch((cause: unknown) => {
      throw translate(cause, stackName, region);
    });
  const outputs = description.Stacks?.[0]?.Outputs ?? [];
  return parseStackOutputs(
    Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue }) => [OutputKey, OutputValue])),
    `Stack ${stackName} in ${region}`,
  );
}

/** CloudFormation says ValidationError for a stack that is not there; only its message tells that from other faults. */
function translate(error: unknown, stackName: string, region: string): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === 'ValidationError' && error.message.includes('does not exist')) {
    return new GaplessError(
      'STACK_NOT_FOUND',
      `There is no stack ${stackName} in ${region}. Deploy it with npx cdk deploy, name another with --stack, or set AWS_REGION and AWS_PROFILE to where it is. For the stack on this machine give --local.`,
      { cause: error },
    );
  }
  if (!refusedCredentials.has(error.name)) return error;
  return new GaplessError(
    'CREDENTIALS_MISSING',
    `AWS credentials are missing or not accepted in ${region} (${error.name}). Sign in (aws sso login, aws configure), or set AWS_PROFILE. For the stack on this machine give --local.`,
    { cause: error },
  );
}

const refusedCredentials: ReadonlySet<string> = new Set([
  'CredentialsProviderError',
  'TokenProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'SignatureDoesNotMatch',
]);

import type { AdjustableClock } from '../clock/adjustable-clock.ts';
import { clockEnvironment } from '../clock/process-clock.ts';
import { compileCacheVariable } from '../processes/compile-cache.ts';
import type { FunctionSpec } from './function-spec.ts';

export interface EnvironmentParts {
  readonly spec: FunctionSpec;
  readonly runtimeApi: string;
  readonly logStream: string;
  readonly clock: AdjustableClock;
  /** `AWS_ENDPOINT_URL_…` and what else is so locally, whatever the template says. */
  readonly extra: Readonly<Record<string, string>>;
}

/** What AWS sets for `nodejs24.x` (docs: defined runtime environment variables), and the function's own variables. Nothing of this process leaks in. */
export function processEnvironment({ spec, runtimeApi, logStream, clock, extra }: EnvironmentParts): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    TZ: 'UTC',
    LANG: 'en_US.UTF-8',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    // Letters and digits only: DynamoDB Local refuses others.
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_FUNCTION_NAME: spec.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${spec.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    LAMBDA_TASK_ROOT: spec.codeDir,
    _HANDLER: spec.handler,
    ...spec.environment,
    ...extra,
    ...clockEnvironment(clock),
    ...compileCacheVariable,
  };
}

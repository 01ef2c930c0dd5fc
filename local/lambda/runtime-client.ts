import { type HandlerContext, loadHandler } from './load-handler.ts';
import { RuntimeConnection } from './runtime-connection.ts';

// The runtime inside a function's process: what `nodejs24.x` runs on AWS, without streaming and callbacks. It asks the
// Runtime API for an invocation, calls the handler, and posts what became of it.

const {
  AWS_LAMBDA_RUNTIME_API: address = '',
  _HANDLER: handlerName = '',
  LAMBDA_TASK_ROOT: codeDir = '',
} = process.env;
const connection = new RuntimeConnection(address);

/** Nothing can be trusted after an error that nobody caught: as on AWS the process ends, and with it the invocation. */
function exitAfter(error: unknown, code: number): void {
  console.error(error);
  process.exit(code);
}

process.on('uncaughtException', (error) => exitAfter(error, 129));
process.on('unhandledRejection', (reason) => exitAfter(reason, 128));
// The parent is gone, and with it the Runtime API.
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => {});

function errorBody(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify({ errorType: typeof error, errorMessage: String(error) });
  const trace = (error.stack ?? '').split('\n');
  return JSON.stringify({ errorType: error.name, errorMessage: error.message, trace });
}

const realNow = () => performance.timeOrigin + performance.now();

function contextOf(headers: Readonly<Record<string, string | undefined>>, awsRequestId: string): HandlerContext {
  const deadlineAt = Number(headers['lambda-runtime-deadline-ms']);
  const { env } = process;
  return {
    awsRequestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME ?? '',
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION ?? '',
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'] ?? '',
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? '',
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME ?? '',
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME ?? '',
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadlineAt - realNow())),
  };
}

const handler = await loadHandler(codeDir, handlerName).catch(async (error: unknown) => {
  await connection.post('init/error', errorBody(error));
  exitAfter(error, 1);
  throw error;
});

for (;;) {
  const { headers, body } = await connection.next();
  const requestId = headers['lambda-runtime-aws-request-id'] ?? '';
  process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'];
  try {
    const result = await handler(JSON.parse(body), contextOf(headers, requestId));
    await connection.post(`invocation/${requestId}/response`, JSON.stringify(result ?? null));
  } catch (error) {
    console.error(error);
    await connection.post(`invocation/${requestId}/error`, errorBody(error));
  }
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface HandlerContext {
  readonly awsRequestId: string;
  readonly callbackWaitsForEmptyEventLoop: boolean;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  getRemainingTimeInMillis(): number;
}

export type Handler = (event: unknown, context: HandlerContext) => unknown;

/** As AWS names the errors of a handler that is not there. */
class RuntimeError extends Error {
  constructor(name: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}

/** Imports `index.handler` from the folder of the function's code. */
export async function loadHandler(codeDir: string, handlerName: string): Promise<Handler> {
  const [moduleName = '', exportName = ''] = handlerName.split('.');
  const file = ['.mjs', '.js', '.cjs'].map((end) => join(codeDir, `${moduleName}${end}`)).find(existsSync);
  if (file === undefined) throw new RuntimeError('Runtime.ImportModuleError', `Cannot find module '${moduleName}'`);
  const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(file).href);
  const handler = module[exportName];
  if (!isHandler(handler)) {
    throw new RuntimeError('Runtime.HandlerNotFound', `${handlerName} is undefined or not exported`);
  }
  return handler;
}

const isHandler = (value: unknown): value is Handler => typeof value === 'function';

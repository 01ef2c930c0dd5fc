import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { sign, signatureHeaders } from '../../../shared/x/signature.ts';

export interface HttpRequest {
  readonly method?: string;
  /** Absent: the default app's path, `/webhooks/x`. */
  readonly app?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** Headers that sign a body or a query with a consumer secret (`legacy`), a client secret (`oauth2`), or both. */
export function signed(
  text: string | Uint8Array,
  { legacy, oauth2 }: { readonly legacy?: string; readonly oauth2?: string },
): Readonly<Record<string, string>> {
  const bytes = Buffer.from(text);
  return {
    ...(legacy !== undefined && { [signatureHeaders.legacy]: sign(legacy, bytes) }),
    ...(oauth2 !== undefined && { [signatureHeaders.oauth2]: sign(oauth2, bytes) }),
  };
}

/** An HTTP request as an HTTP API hands it to a function (payload format 2.0). */
export function httpEvent(request: HttpRequest): APIGatewayProxyEventV2 {
  const { method = 'POST', app, query = '', headers = {}, body, isBase64Encoded = false } = request;
  const rawPath = app === undefined ? '/webhooks/x' : `/webhooks/x/${app}`;
  const routeKey = app === undefined ? 'ANY /webhooks/x' : 'ANY /webhooks/x/{app}';
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: query,
    headers,
    ...(app !== undefined && { pathParameters: { app } }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: 'hooks.example.com',
      domainPrefix: 'hooks',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: '' },
      requestId: 'request-1',
      routeKey,
      stage: '$default',
      time: '21/Nov/2026:10:00:00 +0000',
      timeEpoch: 1_795_255_200_000,
    },
    ...(body !== undefined && { body }),
    isBase64Encoded,
  };
}

export const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'receive-webhook',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:receive-webhook',
  memoryLimitInMB: '256',
  awsRequestId: 'invocation-1',
  logGroupName: 'receive-webhook',
  logStreamName: 'one',
  getRemainingTimeInMillis: () => 10_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};

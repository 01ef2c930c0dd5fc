import { isUtf8 } from 'node:buffer';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { commonLogTime } from './common-log-time.ts';
import { decode } from './http-routes.ts';

export interface HttpRequest {
  readonly method: string;
  /** As sent: path and query. */
  readonly target: string;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly requestId: string;
  /** Unix milliseconds, local clock. */
  readonly receivedAt: number;
}

export interface MatchedRoute {
  readonly routeKey: string;
  readonly apiId: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** What API Gateway hands to a function for a request: payload format 2.0 of an HTTP API. */
export function toHttpEvent(request: HttpRequest, route: MatchedRoute): APIGatewayProxyEventV2 {
  const [path = '/', query = ''] = request.target.split(/\?(.*)/s);
  const { cookie, ...headers } = joinHeaders(request.rawHeaders);
  const host = headers.host ?? 'localhost';
  // AWS decides by the content type alone and does not say what becomes of bytes that are no text all the same.
  const isBase64Encoded = !isText(headers['content-type']) || !isUtf8(request.body);
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: decode(path),
    rawQueryString: query,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/; */) }),
    headers: {
      ...headers,
      'x-amzn-trace-id': `Root=1-${request.requestId.replaceAll('-', '').slice(0, 8)}-${request.requestId.replaceAll('-', '').slice(8)}`,
      'x-forwarded-for': request.sourceIp,
      'x-forwarded-port': host.split(':')[1] ?? '80',
      'x-forwarded-proto': 'http',
    },
    ...(query === '' ? {} : { queryStringParameters: joinQuery(query) }),
    requestContext: {
      accountId: '000000000000',
      apiId: route.apiId,
      domainName: host,
      domainPrefix: host.split('.')[0] ?? host,
      http: {
        method: request.method,
        path: decode(path),
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: request.requestId,
      routeKey: route.routeKey,
      stage: '$default',
      time: commonLogTime(request.receivedAt),
      timeEpoch: request.receivedAt,
    },
    ...(Object.keys(route.pathParameters).length === 0 ? {} : { pathParameters: route.pathParameters }),
    ...(request.body.length === 0
      ? { isBase64Encoded: false }
      : { body: request.body.toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded }),
  };
}

/** Lower-case names, repeated headers joined by commas. */
function joinHeaders(rawHeaders: readonly string[]): Record<string, string> {
  const joined: Record<string, string> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    const value = rawHeaders[index + 1] ?? '';
    joined[name] = joined[name] === undefined ? value : `${joined[name]},${value}`;
  }
  return joined;
}

/** Repeated parameters are joined by commas, too. */
function joinQuery(query: string): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    joined[name] = joined[name] === undefined ? value : `${joined[name]},${value}`;
  }
  return joined;
}

/**
 * Bodies of these types arrive as text, all others as base64, a missing type and forms included. AWS does not document
 * the list; people have measured it (github.com/ministackorg/ministack pull request 766).
 */
function isText(contentType: string | undefined): boolean {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  return type.startsWith('text/') || ['application/json', 'application/javascript', 'application/xml'].includes(type);
}

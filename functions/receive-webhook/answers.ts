import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export type Answer = APIGatewayProxyStructuredResultV2;

function answer(
  statusCode: number,
  body: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    statusCode,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}

/** Everything that X or a stranger can be told. A refusal has one body for every reason. */
export const answers = {
  crc: (responseToken: string): Answer => answer(200, { response_token: responseToken }),
  accepted: (): Answer => answer(200, {}),
  badToken: (): Answer => answer(400, { error: 'bad crc_token' }),
  refused: (): Answer => answer(401, { error: 'not signed by X' }),
  unknownApp: (): Answer => answer(404, { error: 'no such webhook' }),
  methodNotAllowed: (): Answer => answer(405, { error: 'method not allowed' }, { allow: 'GET, POST' }),
  unavailable: (): Answer => answer(503, { error: 'not available, come again' }, { 'retry-after': '5' }),
  failed: (): Answer => answer(500, { error: 'internal error' }),
} as const;

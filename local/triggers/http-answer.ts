import type { ServerResponse } from 'node:http';
import { list, member, object } from '../../shared/domain/json.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/** API Gateway's own answers. */
export function gatewayAnswer(status: number, message: string): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify({ message })) };
}

/** What API Gateway makes of a function's answer in payload format 2.0; `undefined`: nothing can be made of it. */
export function toHttpAnswer(payload: string): HttpAnswer | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(payload);
  } catch {
    return undefined;
  }
  const status = member(answer, 'statusCode');
  if (status === undefined) {
    // Without a status the whole answer is the body.
    const body = typeof answer === 'string' ? answer : payload;
    return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
  }
  const code = Number(status);
  if (!Number.isInteger(code) || code < 100 || code > 599) return undefined;
  const body = member(answer, 'body') ?? '';
  if (typeof body !== 'string') return undefined;
  const headers = Object.entries(object(member(answer, 'headers')) ?? {}).map(([name, value]) => [
    name.toLowerCase(),
    String(value),
  ]);
  const cookies = list(member(answer, 'cookies')).map(String);
  return {
    status: code,
    headers: { ...Object.fromEntries(headers), ...(cookies.length === 0 ? {} : { 'set-cookie': cookies }) },
    body: Buffer.from(body, member(answer, 'isBase64Encoded') === true ? 'base64' : 'utf8'),
  };
}

export function send(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
  response.writeHead(status, { 'content-length': body.length });
  response.end(body);
}

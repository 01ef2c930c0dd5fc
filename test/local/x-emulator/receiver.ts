import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { readBody } from '../../../local/http-body.ts';
import { listenOnLoopback } from '../../../local/loopback-server.ts';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** `hang`: the connection stays open and silent. */
export type ReceiverAnswer =
  | { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> }
  | 'hang';

/** Written here once more, so that a mistake in the shared code cannot hide. */
export function hmac(secret: string, message: string): string {
  return `sha256=${createHmac('sha256', secret).update(message).digest('base64')}`;
}

/** A small real HTTP server that stands for the receiver. Its answers can be changed at any time. */
export class Receiver {
  readonly received: Received[] = [];
  readonly #close: () => Promise<void>;
  readonly url: string;
  crc: (token: string) => ReceiverAnswer;
  /** `earlier`: how many POSTs came before. */
  post: (earlier: number) => ReceiverAnswer = () => ({ status: 200 });

  private constructor(url: string, close: () => Promise<void>, secret: string) {
    this.url = `${url}/webhooks/x`;
    this.#close = close;
    this.crc = (token) => ({ status: 200, body: JSON.stringify({ response_token: hmac(secret, token) }) });
  }

  /** `secret` answers the CRC. */
  static async start(secret: string): Promise<Receiver> {
    const server = await listenOnLoopback(async (request, response) => {
      const answer = receiver.#answer({
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: (await readBody(request)).toString(),
      });
      if (answer !== 'hang') response.writeHead(answer.status, answer.headers ?? {}).end(answer.body);
    });
    const receiver = new Receiver(server.url, server.close, secret);
    return receiver;
  }

  get posts(): readonly Received[] {
    return this.received.filter(({ method }) => method === 'POST');
  }

  get crcs(): readonly Received[] {
    return this.received.filter(({ method }) => method === 'GET');
  }

  close(): Promise<void> {
    return this.#close();
  }

  #answer(request: Received): ReceiverAnswer {
    const earlier = this.posts.length;
    this.received.push(request);
    if (request.method === 'POST') return this.post(earlier);
    return this.crc(new URL(request.url, this.url).searchParams.get('crc_token') ?? '');
  }
}

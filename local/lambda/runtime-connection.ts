import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { readBody } from '../http-body.ts';

export interface NextInvocation {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** A function's end of Lambda's Runtime API. Asking for the next invocation waits as long as it takes. */
export class RuntimeConnection {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 2 });
  readonly #base: string;

  constructor(address: string) {
    this.#base = `http://${address}/2018-06-01/runtime/`;
  }

  async next(): Promise<NextInvocation> {
    const response = await this.#call('GET', 'invocation/next');
    const body = (await readBody(response)).toString();
    const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
    return { headers, body };
  }

  async post(path: string, body: string): Promise<void> {
    const response = await this.#call('POST', path, body);
    response.resume();
    await once(response, 'end');
  }

  async #call(method: string, path: string, body?: string): Promise<IncomingMessage> {
    const call = request(new URL(path, this.#base), {
      method,
      agent: this.#agent,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }),
    });
    call.end(body);
    const [response]: IncomingMessage[] = await once(call, 'response');
    if (response === undefined) throw new TypeError('A response event has a response');
    return response;
  }
}

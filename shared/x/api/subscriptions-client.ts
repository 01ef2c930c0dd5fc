import { type Client, HttpClient, type HttpClientRequestOptions, type HttpResponse } from '@xdevplatform/xdk';
import type { CallPace } from './subscriptions-pace.ts';

/**
 * Makes a client of X's SDK wait its turn, and take a success without a body (X's sample app knows 204 where the
 * documentation shows 200), which the SDK by itself would report as a failure. `caller`: on whose behalf it asks; X
 * counts the limits of each apart. Returns the same client.
 */
export function paceCalls(client: Client, caller: string, pace: CallPace): Client {
  // The SDK has no option for the transport; every call of the client goes through this member.
  Object.defineProperty(client, 'httpClient', { value: new PacedHttpClient(caller, pace) });
  return client;
}

class PacedHttpClient extends HttpClient {
  readonly #caller: string;
  readonly #pace: CallPace;

  constructor(caller: string, pace: CallPace) {
    super();
    this.#caller = caller;
    this.#pace = pace;
  }

  override async request(url: string, options: HttpClientRequestOptions = {}): Promise<HttpResponse> {
    const line = `${this.#caller} ${options.method} ${resourceOf(url)}`;
    for (;;) {
      await this.#pace.ready(line);
      const response = await super.request(url, options);
      if (this.#pace.answered(line, response.status, response.headers)) continue;
      return response.ok ? withBody(response) : response;
    }
  }
}

/** `/2/activity/subscriptions` of whatever lies below it. */
const resourceOf = (url: string): string => new URL(url).pathname.split('/').slice(0, 4).join('/');

async function withBody(response: HttpResponse): Promise<HttpResponse> {
  const text = await response.text();
  return new Response(text === '' ? '{}' : text, { headers: response.headers });
}

import { type Client, HttpClient, type HttpClientRequestOptions, type HttpResponse } from '@xdevplatform/xdk';
import type { CallPace } from './subscriptions-pace.ts';

/**
 * Makes a client of X's SDK wait its turn, and take a success without a body (X's sample app knows 204 where the
 * documentation shows 200), which the SDK by itself would report as a failure. `caller`: on whose behalf it asks.
 * Returns the same client.
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
    const line = `${options.method} ${countedAs(url, this.#caller)}`;
    for (;;) {
      await this.#pace.ready(line);
      const response = await super.request(url, options);
      if (this.#pace.answered(line, response.status, response.headers)) continue;
      return response.ok ? withBody(response) : response;
    }
  }
}

/** `/2/activity/subscriptions` and what lies below it X counts per app, whoever asks (docs.x.com rate limits). Of Account Activity it does not say. */
function countedAs(url: string, caller: string): string {
  const resource = new URL(url).pathname.split('/').slice(0, 4).join('/');
  return resource === '/2/activity/subscriptions' ? resource : `${resource} ${caller}`;
}

async function withBody(response: HttpResponse): Promise<HttpResponse> {
  const text = await response.text();
  return new Response(text === '' ? '{}' : text, { headers: response.headers });
}

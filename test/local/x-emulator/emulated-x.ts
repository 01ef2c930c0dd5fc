import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { startXEmulator, type XEmulator, type XEmulatorOptions } from '../../../local/x-emulator/index.ts';
import { seededRandom } from '../../../local/x-emulator/random.ts';
import { member } from '../../../shared/domain/json.ts';
import { ManualClock } from './manual-clock.ts';
import { Receiver } from './receiver.ts';

export const consumerSecret = 'test-consumer-secret';
export const clientSecret = 'test-client-secret';
const bearerToken = 'test-bearer';

export const asApp = `Bearer ${bearerToken}`;
export const asUser = (userId: string) => `OAuth oauth_consumer_key="key", oauth_token="${userId}-token"`;

export interface ApiAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: unknown;
}

export interface EmulatedX {
  readonly x: XEmulator;
  readonly clock: ManualClock;
  readonly receiver: Receiver;
  api(request: string, body?: unknown, authorization?: string): Promise<ApiAnswer>;
  /** Registers the receiver and returns the webhook's id. */
  register(): Promise<string>;
}

/** An emulator on a manual clock, beside a receiver that knows its secrets. Both end with the test. */
export async function startX(t: TestContext, options: Partial<XEmulatorOptions> = {}): Promise<EmulatedX> {
  const clock = new ManualClock();
  const receiver = await Receiver.start(clientSecret);
  t.after(() => receiver.close());
  const secrets = { consumerSecret, clientSecret, bearerToken };
  const log = (line: string) => assert.fail(line);
  const x = await startXEmulator({ clock, ...secrets, random: seededRandom(7), log, ...options });
  t.after(() => x.close());

  const api: EmulatedX['api'] = async (request, body, authorization = asApp) => {
    const [method = '', path = ''] = request.split(' ');
    const answer = await fetch(`${x.url}${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const contentType = answer.headers.get('content-type') ?? '';
    return { status: answer.status, contentType, body: await answer.json() };
  };

  return {
    x,
    clock,
    receiver,
    api,
    async register() {
      const { status, body } = await api('POST /2/webhooks', { url: receiver.url });
      assert.equal(status, 200);
      return String(member(body, 'data', 'id'));
    },
  };
}

/** `errors[0].message`, where X puts the reason. */
export function messageOf({ body }: ApiAnswer): unknown {
  const errors = member(body, 'errors');
  return Array.isArray(errors) ? member(errors[0], 'message') : undefined;
}

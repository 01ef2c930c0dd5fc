import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { sign, signatureHeaders } from '../../../shared/x/signature.ts';
import { makeSimilarBodies, postIdIn } from '../support/bodies.ts';

// X's end of the line, in a process of its own: signs and sends deliveries of one event each. Argument: the secret.

export interface GeneratorOrder {
  readonly url: string;
  readonly bytes: number;
  /** So many at a time, each connection one after the other, until the time is up. */
  readonly crowd?: { readonly connections: number; readonly seconds: number };
  /** So many a second, whatever becomes of them. What is refused is sent again, as X does. */
  readonly pace?: { readonly perSecond: number; readonly seconds: number };
}

export interface Delivered {
  readonly postId: string;
  /** Unix milliseconds; of a paced one, when it was due. */
  readonly sentAt: number;
  /** The answer 200; absent: there was none, to the last attempt. */
  readonly acceptedAt?: number;
  readonly attempts: number;
}

/** X waits ten seconds for an answer, and tries again after 3 and 27 seconds, then after minutes (legacy enterprise guide). */
const timeoutMs = 10_000;
const retryWaitsMs = [3_000, 27_000];

const secret = process.argv[2] ?? '';
const agent = new Agent({ keepAlive: true, maxSockets: 512 });
const now = () => performance.timeOrigin + performance.now();
let next = 1;

interface Signed {
  readonly bytes: Buffer;
  readonly postId: string;
  readonly signature: string;
}

function makeDeliveries(bytes: number, count: number): readonly Signed[] {
  const bodies = makeSimilarBodies({ bytes, number: next, atMs: Date.now() }, count);
  next += count;
  return bodies.map((body) => {
    const buffer = Buffer.from(body);
    return { bytes: buffer, postId: postIdIn(body) ?? '', signature: sign(secret, buffer) };
  });
}

/** Resolves with the status; 0 where there was no answer. */
function post(url: string, { bytes, signature }: Signed): Promise<number> {
  return new Promise((resolve) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': bytes.length,
      [signatureHeaders.oauth2]: signature,
    };
    const outgoing = request(url, { method: 'POST', agent, headers, timeout: timeoutMs });
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', () => resolve(0));
    outgoing.on('response', (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', () => resolve(0));
    });
    outgoing.end(bytes);
  });
}

async function deliver(
  url: string,
  delivery: Signed,
  sentAt = now(),
  waitsMs: readonly number[] = [],
): Promise<Delivered> {
  const { postId } = delivery;
  for (let attempts = 1; ; attempts += 1) {
    const status = await post(url, delivery);
    if (status === 200) return { postId, sentAt, acceptedAt: now(), attempts };
    const waitMs = waitsMs[attempts - 1];
    if (waitMs === undefined) return { postId, sentAt, attempts };
    await pause(waitMs);
  }
}

async function crowd(url: string, bytes: number, connections: number, seconds: number): Promise<readonly Delivered[]> {
  const delivered: Delivered[] = [];
  const endsAt = now() + seconds * 1000;
  const one = async () => {
    while (now() < endsAt) {
      const [delivery] = makeDeliveries(bytes, 1);
      if (delivery !== undefined) delivered.push(await deliver(url, delivery));
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  return delivered;
}

async function pace(url: string, bytes: number, perSecond: number, seconds: number): Promise<readonly Delivered[]> {
  const deliveries = makeDeliveries(bytes, Math.ceil(perSecond * seconds));
  const startsAt = now();
  return Promise.all(
    deliveries.map(async (delivery, index) => {
      const dueAt = startsAt + (index * 1000) / perSecond;
      await pause(Math.max(0, dueAt - now()));
      return deliver(url, delivery, dueAt, retryWaitsMs);
    }),
  );
}

process.on('message', async (order: GeneratorOrder) => {
  const { url, bytes } = order;
  const crowded = order.crowd ? await crowd(url, bytes, order.crowd.connections, order.crowd.seconds) : [];
  const paced = order.pace ? await pace(url, bytes, order.pace.perSecond, order.pace.seconds) : [];
  process.send?.([...crowded, ...paced]);
});
process.once('disconnect', () => process.exit(0));
process.send?.('ready');

import { createHmac } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { httpDelivery } from '../support/invocations.ts';

// One candidate in a process of its own. Arguments: the bundle, or `hmac`; the secret. It runs what it is told to, one
// delivery after the other as Lambda does, and says what that took.

export interface RunOrder {
  readonly bytes: number;
  readonly count: number;
}

export interface RunResult {
  /** User and system time of the whole process, garbage collection included. */
  readonly cpuMicros: number;
  readonly wallMicros: number;
}

const [, , candidate = '', secret = ''] = process.argv;
type Handler = (event: unknown, context: unknown) => unknown;

async function loadHandler(): Promise<Handler> {
  if (candidate !== 'hmac') return (await import(pathToFileURL(candidate).href)).handler;
  return (event) => createHmac('sha256', secret).update(bodyOf(event)).digest();
}

const bodyOf = (event: unknown): string => String(Reflect.get(Object(event), 'body'));

/** As the runtime hands them over, through JSON. Different ones in turn, so that nothing can be remembered from the last. */
function makeEvents(bytes: number): readonly unknown[] {
  return Array.from({ length: 16 }, (_, number) => JSON.parse(JSON.stringify(httpDelivery(secret, { bytes, number }))));
}

const handler = await loadHandler();
const eventsOf = new Map<number, readonly unknown[]>();

async function run({ bytes, count }: RunOrder): Promise<RunResult> {
  const events = eventsOf.get(bytes) ?? makeEvents(bytes);
  eventsOf.set(bytes, events);
  const startedAt = performance.now();
  const before = process.cpuUsage();
  for (let number = 0; number < count; number += 1) {
    const answer = await handler(events[number % events.length], {});
    const status = Reflect.get(Object(answer), 'statusCode');
    if (status !== undefined && status !== 200) throw new Error(`A delivery was answered with ${status}.`);
  }
  const { user, system } = process.cpuUsage(before);
  return { cpuMicros: user + system, wallMicros: (performance.now() - startedAt) * 1000 };
}

process.on('message', async (order: RunOrder) => process.send?.(await run(order)));
process.once('disconnect', () => process.exit(0));
process.send?.('ready');

import type { FaultAnswer } from '../../../local/fault-proxy.ts';
import type { FaultOf } from '../fault.ts';
import type { Performance } from '../stage.ts';
import { wait } from './spread.ts';

const throttled = { status: 400, body: '{"__type":"ThrottlingException","message":"Rate exceeded"}' };
const slowDown = {
  status: 503,
  body: '<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>',
};
const failed = { status: 500, body: '{"__type":"InternalServerError","message":"internal error"}' };

/** Makes a share of a service's calls fail in one manner. */
export async function troubleAws(
  { service, manner, share, delayMs }: FaultOf<'aws'>,
  { stage, random, forMs, signal }: Performance,
): Promise<void> {
  const proxy = stage.stack.faults?.[service];
  if (proxy === undefined) throw new TypeError('the stack runs without fault proxies');
  const rule = { probability: share, random };
  if (manner !== 'delay') {
    const remove = proxy.add({ ...rule, respond: answerOf(service, manner) });
    await wait(forMs, signal);
    return remove();
  }
  // Each of these promises delays whatever comes while it is the newest one.
  const until = performance.now() + forMs;
  while (performance.now() < until && !signal.aborted) {
    const held = wait(delayMs, signal);
    const remove = proxy.add({ ...rule, respond: { holdUntil: held } });
    await Promise.race([held, wait(until - performance.now(), signal)]);
    remove();
  }
}

function answerOf(service: string, manner: 'throttle' | 'error' | 'drop' | 'drop-answer'): FaultAnswer {
  if (manner === 'throttle') return service === 's3' ? slowDown : throttled;
  return manner === 'error' ? failed : manner;
}

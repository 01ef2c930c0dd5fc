import { setTimeout as sleep } from 'node:timers/promises';
import { localTime } from '../output/local-time.ts';
import { withGapLedger } from '../target/with-gap-ledger.ts';
import { withReader } from '../target/with-reader.ts';
import type { Setup } from './setup.ts';

const pauseMs = 500;
/** The watcher asks X for a heartbeat at its first tick, a minute after the start at most, and sees it at the next. */
const patienceMs = 180_000;

/** Waits until something came all the way from X to the table, and says what; real time. */
export async function awaitArrival(setup: Setup): Promise<string> {
  const waitUntil = performance.now() + patienceMs;
  const first = await newestArrival(setup);
  if (first !== undefined) return first;
  setup.terminal.note('waiting for the first event or heartbeat from X, three minutes at most');
  while (performance.now() < waitUntil) {
    await sleep(pauseMs);
    const arrived = await newestArrival(setup);
    if (arrived !== undefined) return arrived;
  }
  return 'nothing came from X within three minutes';
}

async function newestArrival({ target, app }: Setup): Promise<string | undefined> {
  const [deliveredAt, { state }] = await Promise.all([
    withReader(target, (reader) => reader.lastDelivery(app)),
    withGapLedger(target, (ledger) => ledger.load(app)),
  ]);
  if (deliveredAt !== undefined) return `events flow: the newest delivery came at ${localTime(deliveredAt)}`;
  if (state.lastGoodAtMs === undefined) return undefined;
  return `the way from X to the table works: a heartbeat came at ${localTime(state.lastGoodAtMs)}`;
}

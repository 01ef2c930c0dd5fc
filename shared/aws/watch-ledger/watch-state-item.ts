import type { Interval } from '../../domain/gaps/interval.ts';
import type { WindowTrouble } from '../../domain/gaps/plan-replay.ts';
import type { ReplayJob } from '../../domain/gaps/replay-job.ts';
import type { Quiet, Subscribed, WatchState } from '../../domain/gaps/watch-state.ts';
import { type Item, requiredText, textItem } from '../event-item.ts';
import { ledgerKeys } from '../ledger-keys.ts';
import { parseStoredObject, type StoredObject } from '../stored-json.ts';

/** The version stands beside the JSON too, for conditions. */
export function toStateItem(state: WatchState): Item {
  return {
    ...textItem({ ...ledgerKeys.watchState(state.app), watch: JSON.stringify(state) }),
    version: { N: String(state.version) },
  };
}

const optionalTimes = [
  'knownSinceMs',
  'watchedAtMs',
  'measuredAtMs',
  'lastGoodAtMs',
  'provenAtMs',
  'pausedUntilMs',
  'crcFailedAtMs',
  'subscriptionsAtMs',
  'streamJudgedToMs',
] as const satisfies readonly (keyof WatchState)[];

/** Throws `ITEM_MALFORMED`. */
export function fromStateItem(item: Item): WatchState {
  const stored = parseStoredObject(requiredText(item, 'watch'), `the watcher's state ${item.pk?.S}`);
  const webhookId = stored.optionalText('webhookId');
  const job = stored.optionalObject('job');
  const trouble = stored.optionalObject('trouble');
  const held = stored.optionalObject('held');
  const subscribed = stored.optionalObject('subscribed');
  const unreturned = stored.optionalObjects('unreturned', parseInterval);
  return {
    app: stored.text('app'),
    version: stored.number('version'),
    ...(webhookId === undefined ? {} : { webhookId }),
    ...presentTimes(stored),
    requests: stored.objects('requests', (request) => ({
      atMs: request.number('atMs'),
      state: request.oneOf('state', ['asked', 'taken', 'failed']),
    })),
    ...(job === undefined ? {} : { job: parseJob(job) }),
    jobsRan: stored.objects('jobsRan', parseInterval),
    settled: stored.objects('settled', (window) => ({ ...parseInterval(window), atMs: window.number('atMs') })),
    ...(trouble === undefined ? {} : { trouble: parseTrouble(trouble) }),
    ...(held === undefined ? {} : { held: parseInterval(held) }),
    ...(subscribed === undefined ? {} : { subscribed: parseSubscribed(subscribed) }),
    ...(unreturned === undefined ? {} : { unreturned }),
    judged: stored.numbers('judged'),
    quiet: parseQuiet(stored.object('quiet')),
  };
}

function presentTimes(stored: StoredObject): Partial<Record<(typeof optionalTimes)[number], number>> {
  const present: Partial<Record<(typeof optionalTimes)[number], number>> = {};
  for (const name of optionalTimes) {
    const atMs = stored.optionalNumber(name);
    if (atMs !== undefined) present[name] = atMs;
  }
  return present;
}

function parseInterval(stored: StoredObject): Interval {
  return { fromMs: stored.number('fromMs'), toMs: stored.number('toMs') };
}

function parseSubscribed(stored: StoredObject): Subscribed {
  const elsewhere = stored.optionalNumber('elsewhere');
  const counts = { xaa: stored.number('xaa'), others: stored.number('others') };
  return elsewhere === undefined ? counts : { ...counts, elsewhere };
}

function parseJob(stored: StoredObject): ReplayJob {
  const state = stored.oneOf('state', ['claimed', 'running', 'settling', 'foreign']);
  if (state === 'foreign') return { state, sinceMs: stored.number('sinceMs') };
  const window = parseInterval(stored.object('window'));
  if (state === 'claimed') return { state, window, claimedAtMs: stored.number('claimedAtMs') };
  const jobId = stored.optionalText('jobId');
  const started = { window, startedAtMs: stored.number('startedAtMs'), ...(jobId === undefined ? {} : { jobId }) };
  return state === 'running' ? { state, ...started } : { state, ...started, endedAtMs: stored.number('endedAtMs') };
}

function parseTrouble(stored: StoredObject): WindowTrouble {
  return {
    fromMs: stored.number('fromMs'),
    attempts: stored.number('attempts'),
    halvings: stored.number('halvings'),
  };
}

function parseQuiet(stored: StoredObject): Readonly<Record<string, Quiet>> {
  return Object.fromEntries(
    stored.names.map((product) => {
      const quiet = stored.object(product);
      const [sinceMs, lastAtMs, longestMs] = [
        quiet.number('sinceMs'),
        quiet.number('lastAtMs'),
        quiet.number('longestMs'),
      ];
      return [product, { sinceMs, lastAtMs, longestMs }];
    }),
  );
}

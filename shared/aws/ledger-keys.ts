import type { Way } from '../domain/way.ts';
import { dayOf } from './index-keys.ts';

/** The primary key of a ledger item. */
export interface LedgerKey {
  readonly pk: string;
  readonly sk: string;
}

/** Apart, so that what reads coverage means the webhook unless it says otherwise. */
const covers: Readonly<Record<Way, string>> = { webhook: 'coverage', stream: 'streamed' };

/** Makes every key of the ledger, for its writer and its reader. docs/data-model.md lists them. */
export const ledgerKeys = {
  /** A day on which events occurred. */
  day: (day: string): LedgerKey => ({ pk: 'days', sk: day }),
  /** A day on which deliveries of the app were recorded that came this way. */
  coverageDay: (app: string, day: string, way: Way = 'webhook'): LedgerKey => ({
    pk: `${covers[way]}#${app}`,
    sk: day,
  }),
  /** `minute`: YYYY-MM-DDTHH:MM */
  coverage: (app: string, minute: string, shard: number, way: Way = 'webhook'): LedgerKey => ({
    pk: `${covers[way]}#${app}#${dayOf(minute)}`,
    sk: `${minute.slice(11)}#${shard}`,
  }),
  /** One attribute for each type. */
  typeCounts: (day: string, shard: number): LedgerKey => ({ pk: `counts#${day}`, sk: String(shard) }),
  /** What the watcher of the app remembers between ticks. */
  watchState: (app: string): LedgerKey => ({ pk: `watch#${app}`, sk: 'state' }),
  gap: (app: string, gapId: string): LedgerKey => ({ pk: `gaps#${app}`, sk: gapId }),
  /** Says that the gap is unfinished, so that a tick need not read those of all time. */
  unfinishedGap: (app: string, gapId: string): LedgerKey => ({ pk: `unfinished#${app}`, sk: gapId }),
  /** A CRC request that passed the whole way. `receivedAt`: ISO time */
  heartbeat: (app: string, receivedAt: string, deliveryId: string): LedgerKey => ({
    pk: `heartbeats#${app}`,
    sk: `${receivedAt}#${deliveryId}`,
  }),
  /** X's word that a replay job ended. */
  jobStatus: (app: string, jobId: string): LedgerKey => ({ pk: `jobs#${app}`, sk: jobId }),
  /** Events that occurred in the minute (YYYY-MM-DDTHH:MM) and were stored late, as only replays do. */
  late: (app: string, minute: string, shard: number): LedgerKey => ({
    pk: `late#${app}#${dayOf(minute)}`,
    sk: `${minute.slice(11)}#${shard}`,
  }),
  /** A part of the subscriptions that were last applied. */
  wantedSubscriptions: (app: string, part: number): LedgerKey => ({
    pk: `subscriptions#${app}`,
    sk: `wanted#${String(part).padStart(4, '0')}`,
  }),
  /** One of the two connections to X's stream. */
  streamSlot: (app: string, slot: number): LedgerKey => ({ pk: `stream#${app}`, sk: `slot#${slot}` }),
  /** What one connection to X's stream covers. `connectedAt`: ISO time */
  streamSession: (app: string, connectedAt: string, holder: string): LedgerKey => ({
    pk: `stream#${app}`,
    sk: `session#${connectedAt}#${holder}`,
  }),
  probe: { pk: 'probe', sk: 'recorder' },
} as const;

import type { StackModel } from '../../../local/template.ts';
import { shardCount } from '../../../shared/domain/shards.ts';
import type { Row } from '../support/table.ts';

/** What AWS allows by itself (Lambda, HTTP API and DynamoDB quotas, us-east-1, 2026); all but the partition's can be raised. */
const quota = {
  apiRequestsPerSecond: 10_000,
  lambdaConcurrency: 1_000,
  /** Synchronous requests a second that one environment takes at most. */
  perEnvironment: 10,
  tableWriteUnits: 40_000,
  partitionWriteUnits: 1_000,
} as const;

/** Assumed, not measured: a call of SQS takes some 20 ms, a batch of ten puts with its ledger some 80 ms. */
const assumed = { receiveSeconds: 0.03, batchSeconds: 0.08, eventWriteUnits: 3 } as const;

/** What the template sets. */
export interface FlowSettings {
  readonly throttlePerSecond: number;
  readonly recorderBatchSize: number;
  readonly recorderConcurrency: number;
}

export interface Need {
  readonly part: string;
  readonly need: number;
  /** What the template or the design allows; `undefined`: only AWS's quota does. */
  readonly allowed: number | undefined;
  readonly awsQuota: number | undefined;
}

/** What one event in each delivery takes at a rate. */
export function needsAt(perSecond: number, settings: FlowSettings): readonly Need[] {
  const batches = perSecond / settings.recorderBatchSize;
  const recorders = Math.ceil(batches * assumed.batchSeconds);
  const receivers = Math.ceil(Math.max(perSecond * assumed.receiveSeconds, perSecond / quota.perEnvironment));
  return [
    {
      part: 'requests a second at the front door',
      need: perSecond,
      allowed: settings.throttlePerSecond,
      awsQuota: quota.apiRequestsPerSecond,
    },
    { part: 'receivers at once', need: receivers, allowed: undefined, awsQuota: quota.lambdaConcurrency },
    {
      part: 'recorders at once',
      need: recorders,
      allowed: settings.recorderConcurrency,
      awsQuota: quota.lambdaConcurrency,
    },
    {
      part: 'write units a second of the events table',
      need: perSecond * assumed.eventWriteUnits,
      allowed: undefined,
      awsQuota: quota.tableWriteUnits,
    },
    {
      part: `write units a second of one of the ${shardCount} shards of byTime, and of byAccount if all are one account's`,
      need: perSecond / shardCount,
      allowed: quota.partitionWriteUnits,
      awsQuota: undefined,
    },
    {
      part: "write units a second of the coverage's partition of a day",
      need: batches,
      allowed: quota.partitionWriteUnits,
      awsQuota: undefined,
    },
  ];
}

/** What is too small for the need: nothing, the template's setting, or a quota. */
export function shortOf({ need, allowed, awsQuota }: Need): readonly ('template' | 'quota')[] {
  return [
    ...(allowed !== undefined && need > allowed ? ['template' as const] : []),
    ...(awsQuota !== undefined && need > awsQuota ? ['quota' as const] : []),
  ];
}

export function sumRows(rates: readonly number[], settings: FlowSettings): readonly Row[] {
  return needsAt(0, settings).map(({ part, allowed, awsQuota }, index) => ({
    part,
    ...Object.fromEntries(
      rates.map((rate) => {
        const need = needsAt(rate, settings)[index];
        const short = need === undefined ? [] : shortOf(need);
        const mark = short.length === 0 ? '' : ` (over ${short.join(' and ')})`;
        return [`at ${rate.toLocaleString('en-US')}/s`, `${need?.need.toLocaleString('en-US')}${mark}`];
      }),
    ),
    'this stack allows': allowed?.toLocaleString('en-US') ?? 'all that AWS gives',
    'AWS gives at first': awsQuota?.toLocaleString('en-US') ?? 'cannot be raised',
  }));
}

/** `throttlePerSecond`: of the stage, which the local front does not play. */
export function readFlowSettings(model: StackModel, throttlePerSecond: number): FlowSettings {
  const [source] = model.eventSources;
  if (source === undefined) throw new Error('The template has no event source.');
  return {
    throttlePerSecond,
    recorderBatchSize: source.batchSize,
    recorderConcurrency: source.maxConcurrency ?? Number.POSITIVE_INFINITY,
  };
}

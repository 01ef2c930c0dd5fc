import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { fromMessage } from '../../shared/aws/delivery-message.ts';
import type { QueuedRecord, RecordOutcome } from '../../shared/use-cases/record-deliveries/records.ts';
import type { BatchReport, Deadlines } from '../../shared/use-cases/record-deliveries.ts';
import { metricNames } from './env.ts';

export interface HandlerDeps {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly recordDeliveries: (records: readonly QueuedRecord[], deadlines: Deadlines) => Promise<BatchReport>;
}

/** Before Lambda ends the invocation: time to count what was recorded, and time to answer. */
const countingMs = 10_000;
const answeringMs = 2_000;

/** SQS batch ↔ use case. The batch is recorded together; its records only pick up their outcomes. */
export function createHandler({ logger, metrics, recordDeliveries }: HandlerDeps) {
  return middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics))
    .handler(async (event, context) => {
      const records = event.Records.map(toQueuedRecord);
      const report = await recordDeliveries(records, deadlinesOf(context));
      tell(records, report, { logger, metrics });
      const processor = new BatchProcessor(EventType.SQS);
      const settle = async ({ messageId }: SQSRecord) => assertSettled(report.outcomes.get(messageId));
      return processPartialResponse(event, settle, processor, { context, throwOnFullBatchFailure: false });
    });
}

function toQueuedRecord({ messageId, body, attributes, messageAttributes }: SQSRecord): QueuedRecord {
  const texts = Object.fromEntries(
    Object.entries(messageAttributes).map(([name, { stringValue = '' }]) => [name, stringValue]),
  );
  return {
    messageId,
    receiveCount: Number(attributes.ApproximateReceiveCount),
    body,
    attributes: texts,
    content: fromMessage({ messageId, body, attributes: texts }),
  };
}

function deadlinesOf(context: Context): Deadlines {
  const endsIn = (marginMs: number) => AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - marginMs));
  return { recording: endsIn(countingMs), finishing: endsIn(answeringMs) };
}

/** Throws for a record that the queue shall give again. */
function assertSettled(outcome: RecordOutcome | undefined): void {
  if (outcome === undefined) throw new Error('the record has no outcome');
  if (outcome.kind === 'retry') throw new Error(outcome.reason);
}

/** Ids and numbers only: a body may be a private message. */
function tell(
  records: readonly QueuedRecord[],
  { outcomes, counts }: BatchReport,
  { logger, metrics }: Pick<HandlerDeps, 'logger' | 'metrics'>,
): void {
  const of = <Kind extends RecordOutcome['kind']>(kind: Kind) =>
    [...outcomes].flatMap(([messageId, outcome]) => (outcome.kind === kind ? [{ messageId, ...outcome }] : []));
  const [retried, dead] = [of('retry'), of('dead')];
  logger.info('batch recorded', { records: outcomes.size, ...counts, retried, dead });
  const values = {
    [metricNames.accepted]: records.filter(({ content }) => content.kind !== 'heartbeat').length,
    [metricNames.stored]: counts.stored,
    [metricNames.duplicate]: counts.duplicates,
    [metricNames.unknown]: counts.unknown,
    [metricNames.uuidMismatch]: counts.uuidMismatches,
    [metricNames.failures]: retried.length,
    [metricNames.deadLettered]: dead.length,
  };
  const { causes, storedByStream } = counts;
  // A metric costs by the hour in which it is sent, and most hours know none of these.
  const rare = {
    [metricNames.storedByStream]: storedByStream,
    [metricNames.duplicateRetry]: causes.retry,
    [metricNames.duplicateReplay]: causes.replay,
    [metricNames.duplicateOtherWay]: causes.otherWay,
  };
  const all = [...Object.entries(values), ...Object.entries(rare).filter(([, value]) => value > 0)];
  for (const [name, value] of all) metrics.addMetric(name, MetricUnit.Count, value);
}

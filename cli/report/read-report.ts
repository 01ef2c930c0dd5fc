import type { Interval } from '../../shared/domain/gaps/interval.ts';
import type { CountedMinute } from '../../shared/domain/gaps/watch-state.ts';
import { awsAccounting, localAccounting } from '../../shared/use-cases/report/account.ts';
import { daySpan, type Report, report } from '../../shared/use-cases/report.ts';
import { readQueueDepths } from '../target/queue-depths.ts';
import type { Target } from '../target/target.ts';
import { withGapLedger } from '../target/with-gap-ledger.ts';

/** How far back a local stack answers for its metrics; on AWS longer than the ledger is kept. */
const localMetricsMs = 3 * 86_400_000;

/** Reads one day of some apps. What waits is read before what is recorded: a delivery that moves meanwhile is seen twice, never not at all. */
export async function readReport(target: Target, apps: readonly string[], day: string): Promise<Report> {
  const nowMs = target.clock.now();
  const span = daySpan(day, nowMs);
  const [accepted, { queue, deadLetters }] = await Promise.all([
    readAcceptedOf(target, apps, span, nowMs),
    readQueueDepths(target),
  ]);
  return withGapLedger(target, async (ledger) => {
    const [minutes, streamed, gaps] = await Promise.all([
      Promise.all(apps.map((app) => ledger.minutes(app, span))),
      Promise.all(apps.map((app) => ledger.minutes(app, span, 'stream'))),
      Promise.all(apps.map((app) => ledger.list(app))),
    ]);
    return report({
      day,
      nowMs,
      minutes: minutes.flat(),
      streamed: streamed.flat(),
      accepted,
      inFlight: queue.waiting + queue.inFlight,
      deadLettered: deadLetters.waiting + deadLetters.inFlight,
      gaps: gaps.flat(),
      rules: target.isLocal ? localAccounting : awsAccounting,
    });
  });
}

/** `undefined`: the stack has no metrics of that day. */
async function readAcceptedOf(
  { metrics, outputs, isLocal }: Target,
  apps: readonly string[],
  span: Interval,
  nowMs: number,
): Promise<readonly CountedMinute[] | undefined> {
  if (metrics === undefined || (isLocal && span.fromMs < nowMs - localMetricsMs)) return undefined;
  if (span.fromMs >= span.toMs) return [];
  // Loaded only now: the SDK takes longer to load than the rest of the program.
  const [{ createCloudWatchClient }, { readAccepted }] = await Promise.all([
    import('../../shared/aws/clients/cloudwatch.ts'),
    import('../../shared/aws/accepted-deliveries.ts'),
  ]);
  const client = createCloudWatchClient(metrics.client);
  const path = new URL(outputs.webhookUrl).pathname;
  const paths = apps.map((app) => (app === 'default' ? path : `${path}/${app}`));
  try {
    return await readAccepted(client, { namespace: metrics.namespace, paths, span, nowMs });
  } finally {
    client.destroy();
  }
}

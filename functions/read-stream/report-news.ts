import type { Logger } from '@aws-lambda-powertools/logger';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { GaplessError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/ports.ts';
import type { StreamNews, TellNews } from '../../shared/use-cases/read-stream/stream-news.ts';
import { disconnectDimension, metricNames } from './env.ts';

/** A reader lives for minutes, and its metrics are wanted meanwhile. */
const publishEveryMs = 60_000;
/** What is told of an app that nobody has covered for a day: the day. */
const longestBehindMs = 24 * 3_600_000;

/** A reader's news as log lines and metrics. What happens often is counted and published once a minute. */
export function createNewsReport({
  clock,
  logger,
  metrics,
}: {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
}): { readonly tell: TellNews; readonly publish: () => void } {
  let publishedAtMs = clock.now();
  let lines = 0;
  let connected: boolean | undefined;

  const count = (name: keyof typeof metricNames, value = 1) =>
    metrics.addMetric(metricNames[name], MetricUnit.Count, value);
  const publish = () => {
    publishedAtMs = clock.now();
    if (connected !== undefined) {
      count('lines', lines);
      count('connected', connected ? 1 : 0);
    }
    lines = 0;
    metrics.publishStoredMetrics();
  };
  const countDisconnect = (name: string) => {
    count('disconnects');
    const named = metrics.singleMetric();
    named.addDimension(disconnectDimension, name);
    named.addMetric(metricNames.disconnects, MetricUnit.Count, 1);
  };

  const tell = (news: StreamNews) => {
    switch (news.kind) {
      case 'looked':
        metrics.addMetric(metricNames.behind, MetricUnit.Seconds, (news.behindMs ?? longestBehindMs) / 1_000);
        return;
      case 'sent':
        lines += news.lines;
        return;
      case 'alive':
        connected = news.connected;
        if (clock.now() - publishedAtMs >= publishEveryMs) publish();
        return;
      case 'connected':
        count('connections');
        logger.info('connected', { ...news });
        return;
      case 'disconnected':
      case 'refused':
        countDisconnect(news.name);
        logger.warn(news.kind, { ...news });
        return;
      case 'break':
        count('breaks');
        logger.warn('break', show(news.span));
        return;
      case 'recovered':
        logger.info('recovered', show(news.span));
        return;
      case 'recovery-ended':
        logger.warn('recovery ended', { ...show(news.span), why: news.why });
        return;
      case 'waiting':
        logger.info('waiting', { until: new Date(news.untilMs).toISOString(), failures: news.failures });
        return;
      case 'stuck-ended':
        logger.warn('ended stuck connections', { connections: news.connections });
        return;
      case 'trouble':
        logger.warn(news.what, { failure: describe(news.error) });
    }
  };
  return { tell, publish };
}

function show({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }) {
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}

/** Our own errors say no secret; what the message of somebody else's quotes, nobody knows. */
function describe(error: unknown): string {
  if (error instanceof GaplessError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.name : 'unknown error';
}

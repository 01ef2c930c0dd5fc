import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Gap } from '../../shared/domain/gaps/gap.ts';
import type { WatchRules } from '../../shared/domain/gaps/watch-rules.ts';
import { GaplessError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/ports.ts';
import { measure, watchMeasures } from '../../shared/use-cases/watch-app/measure.ts';
import { type WatchDeps, type WatchReport, watchApp } from '../../shared/use-cases/watch-app.ts';
import { metricNames } from './env.ts';

export interface HandlerDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly rules: WatchRules;
  /** App → what its ticks speak to. */
  readonly apps: ReadonlyMap<string, WatchDeps>;
}

interface Failure {
  readonly app: string;
  readonly failure: string;
}

/** One tick for every app, beside each other: one that fails holds up no other. Logs one line, and never rejects. */
export function createHandler({ clock, logger, metrics, rules, apps }: HandlerDeps) {
  return middy<unknown, void>()
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics))
    .handler(async () => {
      const nowMs = clock.now();
      const ticks = await Promise.all(
        [...apps].map(([app, deps]) =>
          watchApp(deps, app, nowMs).catch((error: unknown) => ({ app, failure: describe(error) })),
        ),
      );
      const reports = ticks.flatMap((tick) => (isFailure(tick) ? [] : [tick]));
      const measures = measure(reports, { failed: ticks.length - reports.length, nowMs, rules });
      const level = measures.watchFailures > 0 ? 'warn' : 'info';
      logger[level]('watched', { apps: ticks.map((tick) => (isFailure(tick) ? tick : show(tick))) });
      for (const name of watchMeasures) metrics.addMetric(metricNames[name], unitOf(name), measures[name]);
    });
}

function isFailure(tick: WatchReport | Failure): tick is Failure {
  return 'failure' in tick;
}

function unitOf(name: (typeof watchMeasures)[number]) {
  return name === 'recoverabilityShare' ? MetricUnit.NoUnit : MetricUnit.Count;
}

function show({ app, outcome, webhook, problems, asked, tick, finished }: WatchReport) {
  const { job } = tick.state;
  return {
    app,
    outcome,
    webhook,
    problems,
    asked: asked.map(({ what, answer }) => `${what}: ${answer}`),
    ...(job && { job: job.state }),
    gaps: [...tick.gaps, ...finished].map(showGap),
  };
}

function showGap({ gapId, state, fromMs, toMs, attempts, recovered, story }: Gap) {
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    gapId,
    state,
    from: iso(fromMs),
    to: toMs === null ? null : iso(toMs),
    attempts,
    recovered,
    newest: story.at(-1)?.line,
  };
}

/** Our own errors say no secret; what the message of somebody else's quotes, nobody knows. */
function describe(error: unknown): string {
  if (error instanceof GaplessError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.name : 'unknown error';
}

import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import { member } from '../../shared/domain/json.ts';
import { GaplessError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/ports.ts';
import { readStream } from '../../shared/use-cases/read-stream.ts';
import type { ReaderDeps } from './reader-deps.ts';
import { createNewsReport } from './report-news.ts';

export interface HandlerDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** App → what its reader speaks to. */
  readonly readers: ReadonlyMap<string, ReaderDeps>;
}

/** One tick of the schedule, whose event names the app. Rejects when the ledger can't be read; the next tick tries again. */
export function createHandler({ clock, logger, metrics, readers }: HandlerDeps) {
  return middy<unknown, void>()
    .use(injectLambdaContext(logger))
    .handler(async (event, context) => {
      const app = member(event, 'app');
      const deps = typeof app === 'string' ? readers.get(app) : undefined;
      if (typeof app !== 'string' || deps === undefined) {
        throw new GaplessError('SETTING_INVALID', 'The event names no app of this stack. Deploy the stack again.');
      }
      logger.appendKeys({ app });
      const { tell, publish } = createNewsReport({ clock, logger, metrics });
      try {
        const { outcome, left } = await readStream(
          { ...deps, tell },
          {
            app,
            holder: context.awsRequestId,
            remainingMs: () => context.getRemainingTimeInMillis(),
          },
        );
        // Every minute, most say that all is well.
        logger[outcome === 'read' || outcome === 'recovered' ? 'info' : 'debug']('shift ended', { outcome, left });
      } finally {
        publish();
      }
    });
}

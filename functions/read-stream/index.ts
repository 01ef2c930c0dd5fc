import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { metricsNamespace, parseEnv } from './env.ts';
import { createHandler } from './handler.ts';
import { createReaderDeps } from './reader-deps.ts';

const clock = { now: () => Date.now() };
const logger = new Logger();
const onRefused = (reason: string) => logger.warn('the queue did not take lines', { reason });

export const handler = createHandler({
  clock,
  logger,
  metrics: new Metrics({ namespace: metricsNamespace }),
  readers: createReaderDeps(parseEnv(process.env), clock, onRefused),
});

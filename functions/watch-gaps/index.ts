import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { metricsNamespace, parseEnv } from './env.ts';
import { createHandler } from './handler.ts';
import { createWatchDeps } from './watch-deps.ts';

const settings = parseEnv(process.env);
const clock = { now: () => Date.now() };

export const handler = createHandler({
  clock,
  logger: new Logger(),
  metrics: new Metrics({ namespace: metricsNamespace }),
  rules: settings.rules,
  apps: createWatchDeps(settings, clock),
});

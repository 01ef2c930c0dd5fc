import { createApiTokenStore } from '../../shared/aws/api-token-store.ts';
import { createCloudWatchClient } from '../../shared/aws/clients/cloudwatch.ts';
import { createDynamoDbClient } from '../../shared/aws/clients/dynamodb.ts';
import { createSecretsManagerClient } from '../../shared/aws/clients/secrets-manager.ts';
import { createSecretChangedAt } from '../../shared/aws/secret-changed-at.ts';
import { secretClientConfig } from '../../shared/aws/secret-source.ts';
import { createStreamSessions } from '../../shared/aws/stream-sessions.ts';
import { createValidationHold } from '../../shared/aws/validation-hold.ts';
import { createWantedStore } from '../../shared/aws/wanted-subscriptions.ts';
import { createWatchLedger, watchLedgerClientConfig } from '../../shared/aws/watch-ledger.ts';
import { createWatchMetrics, metricsClientConfig } from '../../shared/aws/watch-metrics.ts';
import type { Clock } from '../../shared/ports.ts';
import type { WatchDeps } from '../../shared/use-cases/watch-app.ts';
import { createWebhookApi } from '../../shared/x/api/webhook-api.ts';
import { accessLogMetrics, type Settings } from './env.ts';

/** App → what its ticks speak to. The apps share everything but X, where each has its own token. */
export function createWatchDeps(settings: Settings, clock: Clock): ReadonlyMap<string, WatchDeps> {
  const { webhookUrls, apiTokenSecretArns, secretArns, rules } = settings;
  const secrets = createSecretsManagerClient(secretClientConfig);
  const client = createDynamoDbClient(watchLedgerClientConfig);
  const { ledgerTable } = settings;
  const ledger = createWatchLedger({
    client,
    table: ledgerTable,
    clock,
    retentionDays: settings.ledgerRetentionDays,
  });
  const metrics = createWatchMetrics({
    client: createCloudWatchClient(metricsClientConfig),
    namespace: settings.metricsNamespace,
    refused: accessLogMetrics.refused,
    unauthorized: accessLogMetrics.unauthorized,
    paths: new Map([...webhookUrls].map(([app, url]) => [app, new URL(url).pathname])),
    queueName: settings.queueName,
    ...(settings.unloggedFunction && { unloggedFunction: settings.unloggedFunction }),
  });
  const wanted = createWantedStore(client, ledgerTable);
  const secretChangedAt = createSecretChangedAt(secrets, secretArns);
  const { stream: isStreamRead, ledgerRetentionDays: retentionDays } = settings;
  const stream = isStreamRead ? { stream: createStreamSessions({ client, table: ledgerTable, retentionDays }) } : {};

  return new Map(
    [...webhookUrls].map(([app, webhookUrl]) => {
      const tokens = createApiTokenStore(secrets, apiTokenSecretArns.get(app) ?? '');
      const readToken = async () => (await tokens.read()).keys.bearerToken;
      const x = createWebhookApi({ baseUrl: settings.xApiBaseUrl, readToken });
      const { heldUntil } = createValidationHold({ client, ledgerTable, app, clock });
      return [app, { clock, ledger, x, metrics, secretChangedAt, heldUntil, wanted, rules, webhookUrl, ...stream }];
    }),
  );
}

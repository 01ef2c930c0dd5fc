import type { Webhook } from '../../shared/x/api/webhooks.ts';
import { readOperatorCredentials, requireBearerToken } from '../credentials/operator-credentials.ts';
import type { Terminal } from '../framework/terminal.ts';
import { type CommandLine, commandLineOf } from '../target/command-line.ts';
import type { Target } from '../target/target.ts';
import { refusal } from './explain-refusal.ts';

/** X's webhook calls for one app. They throw `X_REFUSED` with what to do, but `create` tells its failure. */
export interface WebhookAccess {
  /** For what is advised. */
  readonly command: CommandLine;
  list(): Promise<readonly Webhook[]>;
  create: (url: string) => ReturnType<typeof import('../../shared/x/api/webhooks.ts')['createWebhook']>;
  validate(webhookId: string): Promise<void>;
  delete(webhookId: string): Promise<void>;
}

const timeoutMs = 20_000;

/** Throws `LOGIN_REQUIRED` where the app has no bearer token. */
export async function openWebhooks(target: Target, app: string, { env }: Terminal): Promise<WebhookAccess> {
  const command = commandLineOf(target, app);
  const bearerToken = requireBearerToken(await readOperatorCredentials(target, app, env), command);
  // Loaded only now: X's SDK is large.
  const [{ createXClient }, x] = await Promise.all([
    import('../../shared/x/api/client.ts'),
    import('../../shared/x/api/webhooks.ts'),
  ]);
  const client = createXClient({ baseUrl: target.xApiUrl, bearerToken, timeoutMs });
  return {
    command,
    async list() {
      const answer = await x.listWebhooks(client);
      if (answer.ok) return answer.value;
      throw refusal('list the webhooks of the app', answer.failure, command);
    },
    create: (url) => x.createWebhook(client, url),
    async validate(webhookId) {
      const answer = await x.validateWebhook(client, webhookId);
      if (!answer.ok) throw refusal(`check webhook ${webhookId}`, answer.failure, command);
    },
    async delete(webhookId) {
      const answer = await x.deleteWebhook(client, webhookId);
      if (!answer.ok) throw refusal(`delete webhook ${webhookId}`, answer.failure, command);
    },
  };
}

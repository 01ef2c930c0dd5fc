import type { Home } from '../../shared/domain/subscriptions/home.ts';
import { GaplessError } from '../../shared/errors.ts';
import type { SubscriptionsApi, WaitingClock } from '../../shared/subscription-ports.ts';
import type { UserToken } from '../../shared/x/api-tokens.ts';
import { loginCommandFor } from '../credentials/login-command.ts';
import { readOperatorCredentials, requireBearerToken } from '../credentials/operator-credentials.ts';
import type { Terminal } from '../framework/terminal.ts';
import { type CommandLine, commandLineOf } from '../target/command-line.ts';
import type { Target } from '../target/target.ts';
import { webhookUrlOf } from '../target/webhook-url.ts';
import { openWebhooks } from '../webhook/x-access.ts';
import type { Commands } from './advice.ts';
import { waitingOn } from './waiting-clock.ts';

/** One app's subscriptions at X, as the operator reaches them. */
export interface AppAtX extends Commands {
  readonly app: string;
  readonly home: Home;
  readonly api: SubscriptionsApi;
  readonly clock: WaitingClock;
  /** What is stored of the account's login; it may have ended at X. */
  loginOf(userId: string): UserToken | undefined;
}

const timeoutMs = 10_000;

/**
 * Finds the app's webhook at X and makes ready to speak about its subscriptions, at the pace that X allows.
 * `file`: of the wanted subscriptions, for commands that are advised. Throws `LOGIN_REQUIRED`, `X_REFUSED`, `NOT_FOUND` for an unknown app, `WEBHOOK_NOT_READY` where X does not know the webhook.
 */
export async function openAppAtX(target: Target, app: string, terminal: Terminal, file?: string): Promise<AppAtX> {
  const command = commandLineOf(target, app);
  const login = loginCommandFor(command, file);
  const credentials = await readOperatorCredentials(target, app, terminal.env);
  const bearerToken = requireBearerToken(credentials, command);
  const url = webhookUrlOf(target, app);
  const webhooks = await (await openWebhooks(target, app, terminal)).list();
  const webhook = webhooks.find((one) => one.url === url);
  if (webhook === undefined) throw notRegistered(app, url, command);
  const { webhookId, valid } = webhook;
  if (!valid)
    terminal.note(`X holds webhook ${webhookId} for invalid and delivers nothing: ${command('webhook validate')}`);

  // Loaded only now: X's SDK takes longer to load than the rest of the program.
  const [{ createXClient }, { paceCalls }, { createCallPace }, { createSubscriptionsApi }, accounts] =
    await Promise.all([
      import('../../shared/x/api/client.ts'),
      import('../../shared/x/api/subscriptions-client.ts'),
      import('../../shared/x/api/subscriptions-pace.ts'),
      import('../../shared/x/api/subscriptions-api.ts'),
      import('./account-clients.ts'),
    ]);
  const clock = waitingOn(target.clock);
  const pace = createCallPace({ clock, onWait: (untilMs) => terminal.note(waitLine(untilMs - clock.now())) });
  const client = createXClient({ baseUrl: target.xApiUrl, bearerToken, timeoutMs });
  return {
    app,
    home: { webhookId, url, webhookIds: new Set(webhooks.map((one) => one.webhookId)) },
    clock,
    api: createSubscriptionsApi({
      webhookId,
      app: paceCalls(client, 'app', pace),
      account: await accounts.openAccountClients(target, credentials, { pace, login }),
    }),
    loginOf: (userId) => credentials.users[userId],
    command,
    login,
  };
}

const notRegistered = (app: string, url: string, command: CommandLine) =>
  new GaplessError(
    'WEBHOOK_NOT_READY',
    `X has no webhook ${url} for app ${app}, so nothing can be delivered to it. Register it with ${command('webhook register')}.`,
  );

function waitLine(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const long = seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `X allows 500 calls in 15 minutes: going on in ${long}. Ctrl-C stops here; the same command goes on later.`;
}

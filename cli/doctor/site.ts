import type { Gap } from '../../shared/domain/gaps/gap.ts';
import type { Tick } from '../../shared/domain/gaps/watch-state.ts';
import { loadOnce } from '../../shared/load-once.ts';
import type { Webhook } from '../../shared/x/api/webhooks.ts';
import type { AppSecrets } from '../../shared/x/app-secrets.ts';
import { openAppSecrets } from '../credentials/open-stores.ts';
import type { Terminal } from '../framework/terminal.ts';
import { chooseApps } from '../target/choose-apps.ts';
import { type CommandLine, commandLineOf } from '../target/command-line.ts';
import { type QueueDepths, readQueueDepths } from '../target/queue-depths.ts';
import { resolveTarget, type Target, type TargetChoice } from '../target/target.ts';
import { webhookUrlOf } from '../target/webhook-url.ts';
import { withGapLedger } from '../target/with-gap-ledger.ts';
import { openWebhooks } from '../webhook/x-access.ts';

/** What is to be examined. */
export interface Examination {
  readonly choice: TargetChoice;
  readonly app: string;
  /** Of the wanted subscriptions; `undefined`: the default one, where it is there and names the app. */
  readonly file?: string | undefined;
}

/** What the checks of one app look at. What several of them need is read once. */
export interface Site {
  readonly target: Target;
  readonly app: string;
  readonly file: string | undefined;
  /** The app's own address. */
  readonly url: string;
  /** Hints of what is called on the way stay away: the findings are the result. */
  readonly terminal: Terminal;
  readonly command: CommandLine;
  readonly secrets: () => Promise<AppSecrets>;
  /** Those that X has for the app. */
  readonly webhooks: () => Promise<readonly Webhook[]>;
  /** What the watcher remembers. */
  readonly tick: () => Promise<Tick>;
  /** The app's, of all time, newest first. */
  readonly gaps: () => Promise<readonly Gap[]>;
  readonly depths: () => Promise<QueueDepths>;
}

/** Throws as `resolveTarget`, and `NOT_FOUND` for an unknown app. */
export async function openSite({ choice, app, file }: Examination, terminal: Terminal): Promise<Site> {
  const target = await resolveTarget(choice, terminal);
  chooseApps(target, app);
  return {
    target,
    app,
    file,
    url: webhookUrlOf(target, app),
    terminal: { ...terminal, note: () => {} },
    command: commandLineOf(target, app),
    secrets: loadOnce(async () => (await openAppSecrets(target, app)).read()),
    webhooks: loadOnce(async () => (await openWebhooks(target, app, terminal)).list()),
    tick: loadOnce(() => withGapLedger(target, (ledger) => ledger.load(app))),
    gaps: loadOnce(() => withGapLedger(target, (ledger) => ledger.list(app))),
    depths: loadOnce(() => readQueueDepths(target)),
  };
}

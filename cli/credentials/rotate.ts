import type { AppSecretStore } from '../../shared/aws/app-secret-store.ts';
import { GaplessError } from '../../shared/errors.ts';
import type { ApiTokenStore, AppKeyName, AppKeys } from '../../shared/x/api-tokens.ts';
import type { AppSecrets } from '../../shared/x/app-secrets.ts';
import { entriesOf, type SecretKind } from '../../shared/x/secret-rotation.ts';
import type { Terminal } from '../framework/terminal.ts';
import { commandLineOf } from '../target/command-line.ts';
import type { Target } from '../target/target.ts';
import { webhookUrlOf } from '../target/webhook-url.ts';
import { openWebhooks } from '../webhook/x-access.ts';
import { askAboutClient, askAboutConsumer } from './check-at-x.ts';
import { proveRotation, settleMs } from './prove-rotation.ts';
import { readKeys } from './read-keys.ts';
import { putBack, rotateSecret } from './rotate-secret.ts';
import type { RotationOutcome } from './rotation-report.ts';
import { crcKind } from './secret-kind.ts';

export interface RotateRequest {
  readonly app: string;
  readonly kind: SecretKind;
  readonly overlapMs: number;
  readonly unchecked: boolean;
  readonly file: string | undefined;
  readonly secrets: AppSecretStore;
  readonly tokens: ApiTokenStore;
  readonly before: AppSecrets;
  /** Told as soon as something was stored: from then on it is open which secret X signs with, until this resolves. */
  onChange(): void;
}

const patienceMs = 60_000;

const wanted = {
  client: ['clientSecret'],
  consumer: ['consumerKey', 'consumerSecret'],
} as const satisfies Record<SecretKind, readonly AppKeyName[]>;

/** Reads the new secret, stores it in the place that is safe, and shows that X signs with it. Throws when one of these fails. */
export async function rotate(request: RotateRequest, target: Target, terminal: Terminal): Promise<RotationOutcome> {
  const { app, kind, secrets, tokens, before } = request;
  const { clock, xApiUrl } = target;
  const given = await readKeys(request.file, wanted[kind], terminal);
  const value = given[`${kind}Secret`];
  if (value === undefined) throw new GaplessError('USAGE', `there is no ${kind} secret among what was given`);
  const [only, ...others] = entriesOf(before, kind);
  if (only?.value === value && others.length === 0) {
    throw new GaplessError(
      'USAGE',
      `this is the ${kind} secret that the stack has; regenerate it in the developer portal first`,
    );
  }
  const { keys } = await tokens.read();
  const { verdict, bearerToken } = await askAbout(kind, { ...keys, ...given }, xApiUrl);
  const place = await rotateSecret(secrets, { ...request, value, verdict }, clock);
  if (place === 'behind') return 'behind';

  request.onChange();
  await tokens.change((all) => ({ ...all, keys: { ...all.keys, ...given, ...(bearerToken && { bearerToken }) } }));
  const now = await secrets.read();
  if (crcKind(now, clock.now()) !== kind) return 'by-word';
  terminal.note('Waiting until the webhook answers X’s check with the new secret.');
  return proveRotation(now, {
    x: await openWebhooks(target, app, terminal),
    url: webhookUrlOf(target, app),
    app,
    command: commandLineOf(target, app),
    clock,
    settleMs,
    patienceMs,
    note: terminal.note,
    putBack: () => putBack(secrets, before, { kind, value }),
  });
}

/** X must know whose the secret is: without the id or key that belongs to it nobody can ask. */
async function askAbout(kind: SecretKind, keys: AppKeys, xApiUrl: string) {
  const { clientId, clientSecret, consumerKey, consumerSecret } = keys;
  if (kind === 'consumer' && consumerKey !== undefined && consumerSecret !== undefined) {
    return askAboutConsumer(xApiUrl, consumerKey, consumerSecret);
  }
  if (kind === 'client' && clientId !== undefined && clientSecret !== undefined) {
    return { verdict: await askAboutClient(xApiUrl, clientId, clientSecret) };
  }
  return { verdict: 'unknown' } as const;
}

import { GaplessError } from '../../shared/errors.ts';
import type { SignatureScheme } from '../../shared/ports.ts';
import type { Terminal } from '../framework/terminal.ts';
import { resolveTarget, type Target, type TargetChoice } from '../target/target.ts';
import { webhookUrlOf } from '../target/webhook-url.ts';
import { keyFromEnvironment, keyFromSecrets, type SigningKey } from './signing.ts';

/** Where to deliver, and what to sign with. */
export interface Destination {
  readonly url: string;
  readonly key: SigningKey;
}

export interface DestinationChoice extends TargetChoice {
  readonly url?: string | undefined;
  readonly app: string;
  readonly scheme?: SignatureScheme;
}

/**
 * An address without a stack is signed with a secret of the environment; otherwise the stack's own secret is right by
 * construction and comes first. Throws `USAGE`, `NOT_FOUND`, or why the secret cannot be had.
 */
export async function findDestination(choice: DestinationChoice, terminal: Terminal): Promise<Destination> {
  const { app, local, scheme, stack } = choice;
  const url = choice.url === undefined ? undefined : parseUrl(choice.url);
  if (url !== undefined && !local && stack === undefined) {
    const key = keyFromEnvironment(terminal.env, scheme);
    if (key) return { url, key };
    throw new GaplessError(
      'USAGE',
      '--url alone is signed with X_CLIENT_SECRET or X_CONSUMER_SECRET of the environment, which is not set for this scheme; set it, or add --local or --stack to use that stack’s secret',
    );
  }
  const target = await resolveTarget(choice, terminal);
  return { url: url ?? webhookUrlOf(target, app), key: await keyOf(target, app, terminal, scheme) };
}

function parseUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new GaplessError('USAGE', `--url ${JSON.stringify(text)} is not an http or https address`);
}

async function keyOf(
  target: Target,
  app: string,
  terminal: Terminal,
  scheme: SignatureScheme | undefined,
): Promise<SigningKey> {
  const secretId = target.outputs.appSecretArns[app];
  if (secretId === undefined) {
    const apps = Object.keys(target.outputs.appSecretArns).join(', ');
    throw new GaplessError('NOT_FOUND', `${target.name} has no app ${JSON.stringify(app)}; it has: ${apps}.`);
  }
  const reading = await readSecrets(target, secretId, terminal);
  const own = reading.kind === 'available' ? keyFromSecrets(reading.secrets, terminal.clock, scheme) : undefined;
  const key = own ?? keyFromEnvironment(terminal.env, scheme);
  if (key) return key;
  if (reading.kind === 'unavailable')
    throw reading.error.code === 'SECRET_UNAVAILABLE' ? unreadable(app, reading.error) : reading.error;
  throw new GaplessError(
    'SECRET_EMPTY',
    `The secret of app ${app} has no live entry${scheme === undefined ? '' : ` for --scheme ${scheme}`}. Add one, choose the other scheme, or set X_CLIENT_SECRET or X_CONSUMER_SECRET.`,
  );
}

async function readSecrets({ clients }: Target, secretId: string, { clock }: Terminal) {
  const [{ createSecretsManagerClient }, { createSecretSource }] = await Promise.all([
    import('../../shared/aws/clients/secrets-manager.ts'),
    import('../../shared/aws/secret-source.ts'),
  ]);
  const client = createSecretsManagerClient(clients.secretsManager);
  return createSecretSource({ client, clock, secretId, budgetMs: 10_000, onStale: ignore }).read(0);
}

/** It tells of a secret that was known before, and here none is. */
const ignore = () => {};

const unreadable = (app: string, cause: GaplessError) =>
  new GaplessError(
    'SECRET_UNAVAILABLE',
    `The signing secret of app ${app} could not be read (${cause.cause instanceof Error ? cause.cause.name : cause.code}). Your credentials need secretsmanager:GetSecretValue on it, or set X_CLIENT_SECRET or X_CONSUMER_SECRET.`,
    { cause },
  );

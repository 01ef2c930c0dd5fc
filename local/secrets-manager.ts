import { randomUUID } from 'node:crypto';
import type { Clock } from '../shared/ports.ts';
import { createSecretStore } from './aws/secret-store.ts';
import { answerSecretsCall } from './aws/secrets-api.ts';
import { type Emulator, neverDies } from './emulator.ts';
import { readBody } from './http-body.ts';
import { listenOnLoopback } from './loopback-server.ts';
import type { Stoppable } from './restartable.ts';

export interface SecretsManagerOptions {
  /** Where the secrets stay between runs; without it they are in memory. */
  readonly dataDir?: string;
  /** For the times that it tells. Default: the real one. */
  readonly clock?: Clock;
}

export interface SecretsManager extends Emulator, Stoppable {
  /** Creates the secret (by name) when there is none, and makes the string its current value. Returns the ARN. */
  put(secretId: string, secretString: string): string;
  /** Creates the secret without a value, as `cdk deploy` does, when there is none. Returns the ARN. */
  ensure(name: string): string;
  /** The current value, if it has one. */
  current(secretId: string): string | undefined;
}

const realClock: Clock = { now: Date.now };

/** The few calls of Secrets Manager that the stack makes, since no package plays them. */
export async function startSecretsManager({
  dataDir,
  clock = realClock,
}: SecretsManagerOptions = {}): Promise<SecretsManager> {
  const secrets = createSecretStore(clock, dataDir);
  const ensure = (secretId: string) => secrets.find(secretId) ?? secrets.create(secretId);

  let stopped = false;
  const server = await listenOnLoopback(async (request, response) => {
    if (stopped) {
      request.socket.destroy();
      return;
    }
    const operation = String(request.headers['x-amz-target'] ?? '').replace('secretsmanager.', '');
    const input: Readonly<Record<string, unknown>> = JSON.parse((await readBody(request)).toString() || '{}');
    const { status, body } = answerSecretsCall(secrets, operation, input);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() });
    response.end(JSON.stringify(body));
  });

  return {
    url: server.url,
    died: neverDies,
    close: server.close,
    async stop() {
      stopped = true;
    },
    async start() {
      stopped = false;
    },
    ensure: (name) => ensure(name).arn,
    current: (secretId) => secrets.find(secretId)?.versions[0]?.secretString,
    put(secretId, secretString) {
      const secret = ensure(secretId);
      secrets.put(secret, secretString);
      return secret.arn;
    },
  };
}

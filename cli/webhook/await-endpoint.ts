import { setTimeout as sleep } from 'node:timers/promises';
import { GaplessError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/ports.ts';
import type { AppSecrets } from '../../shared/x/app-secrets.ts';
import type { CommandLine } from '../target/command-line.ts';
import { explainCrc, mayPass } from './explain-crc.ts';
import { playCrc } from './play-crc.ts';

export interface AwaitedEndpoint {
  readonly url: string;
  readonly app: string;
  readonly command: CommandLine;
  readonly clock: Clock;
  /** Told once, when waiting begins. */
  note(line: string): void;
  /** Real time in all. */
  readonly patienceMs: number;
}

const pauseMs = 1_000;

/** Plays X's check until the address passes it: what fails here would make X refuse the webhook, or disable it. Throws `WEBHOOK_NOT_READY`. */
export async function awaitEndpoint(secrets: AppSecrets, endpoint: AwaitedEndpoint): Promise<void> {
  const { url, app, command, clock, note, patienceMs } = endpoint;
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    const result = await playCrc(url, secrets, clock);
    const fault = explainCrc(result, app, command);
    if (fault === undefined) return;
    if (!mayPass(result) || waitedMs >= patienceMs) {
      throw new GaplessError('WEBHOOK_NOT_READY', `${url} does not pass X's check. ${fault}`);
    }
    if (waitedMs === 0) note(`waiting for ${url}: ${fault}`);
    await sleep(pauseMs);
  }
}

import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { commands } from '../../cli/commands.ts';
import type { Terminal } from '../../cli/framework/terminal.ts';
import { run } from '../../cli/run.ts';
import { startXEmulator, type XEmulator, type XEmulatorOptions } from '../../local/x-emulator/index.ts';
import { crcKey, parseAppSecrets } from '../../shared/x/app-secrets.ts';
import { ManualClock } from '../local/x-emulator/manual-clock.ts';
import { hmac, Receiver } from '../local/x-emulator/receiver.ts';
import { type LocalProject, startLocalProject } from './local-project.ts';
import { createRecordingTerminal } from './recording-terminal.ts';

export const consumerSecret = 'made-up-consumer-secret-of-at-least-40-characters';
export const clientSecret = 'made-up-client-secret';
export const bearerToken = 'made-up-bearer-token';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly notes: string;
}

export interface XStack {
  readonly project: LocalProject;
  readonly x: XEmulator;
  /** Answers checks with what the stack's secret says at that moment. Its answers can be changed. */
  readonly receiver: Receiver;
  /** Runs the program in this process. Fails when a secret shows. */
  gapless(line: string, terminal?: Partial<Terminal>): Promise<Outcome>;
  /** The current text of a secret of the app `default`. */
  signatures(): string | undefined;
  tokens(): string | undefined;
}

export interface Given {
  readonly signatures?: string;
  readonly tokens?: string;
  readonly x?: Partial<XEmulatorOptions>;
}

const allSecrets = [consumerSecret, clientSecret, bearerToken];
const secretMembers = new Set(['value', 'consumerSecret', 'clientSecret', 'bearerToken', 'accessTokenSecret']);
const tokenMembers = new Set(['accessToken', 'refreshToken', 'token', 'tokenSecret']);

/** The values that nobody may see, wherever they stand in the text of a secret. */
function secretsIn(text: string): readonly string[] {
  const found: string[] = [];
  JSON.parse(text, (name: string, value: unknown) => {
    if (typeof value === 'string' && (secretMembers.has(name) || tokenMembers.has(name))) found.push(value);
    return value;
  });
  return found;
}

/** A local stack with one app, a receiver and an X, all of which end with the test. */
export async function startXStack(t: TestContext, given: Given = {}): Promise<XStack> {
  const clock = new ManualClock(Date.now());
  const x = await startXEmulator({ clock, consumerSecret, clientSecret, bearerToken, ...given.x });
  t.after(() => x.close());
  const receiver = await Receiver.start('');
  t.after(() => receiver.close());
  const project = await startLocalProject({ default: given.signatures ?? '{}' }, receiver.url, {
    xApiUrl: x.url,
    ...(given.tokens === undefined ? {} : { apiTokens: { default: given.tokens } }),
  });
  t.after(() => project.close());
  const { secrets } = project.emulators;
  receiver.crc = (token) => {
    const key = crcKey(parseAppSecrets(secrets.current('test/default') ?? '{}'), Date.now());
    if (key === undefined) return { status: 503 };
    return { status: 200, body: JSON.stringify({ response_token: hmac(key, token) }) };
  };

  return {
    project,
    x,
    receiver,
    signatures: () => secrets.current('test/default'),
    tokens: () => secrets.current('test/default-tokens'),
    async gapless(line, change = {}) {
      const clockOfNow = { now: () => Date.now() };
      const terminal = createRecordingTerminal({ directory: project.directory, clock: clockOfNow, ...change });
      const code = await run({ commands, version: '0' }, [...line.split(' '), '--local'], terminal);
      const outcome = { code, out: terminal.printed.join('\n'), notes: terminal.noted.join('\n') };
      const stored = ['test/default', 'test/default-tokens'].map((name) => secrets.current(name) ?? '{}');
      for (const secret of [...allSecrets, ...stored.flatMap(secretsIn)]) {
        assert.ok(!`${outcome.out}\n${outcome.notes}`.includes(secret), `${line} shows ${secret}`);
      }
      return outcome;
    },
  };
}

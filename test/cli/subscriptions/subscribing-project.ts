import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { list, member } from '../../../shared/domain/json.ts';
import { type EmulatedX, startX } from '../../local/x-emulator/emulated-x.ts';
import { type RecordingProxy, startRecordingProxy } from '../../support/recording-proxy.ts';
import { type GaplessRun, gapless, startGapless } from '../gapless-process.ts';
import { type LocalProject, startLocalProject } from '../local-project.ts';

export interface SubscribingProject {
  readonly project: LocalProject;
  readonly emulated: EmulatedX;
  readonly proxy: RecordingProxy;
  write(file: unknown): Promise<void>;
  /** `gapless subscriptions …`, to its end. */
  run(...args: readonly string[]): Promise<GaplessRun>;
  start(...args: readonly string[]): ReturnType<typeof startGapless>;
  /** Type and account of every X Activity subscription that X has. */
  subscribed(): Promise<readonly string[]>;
}

/** What must never be shown. */
export const secretWords = ['test-bearer', 'consumer-secret', 'token-secret'] as const;

export interface SubscribingProjectOptions {
  /** Accounts that have logged in. */
  readonly accounts?: readonly string[];
  readonly isRegistered?: boolean;
}

/** A local stack, an X with its webhook, and a place for the file. */
export async function startSubscribingProject(
  t: TestContext,
  { accounts = [], isRegistered = true }: SubscribingProjectOptions = {},
): Promise<SubscribingProject> {
  const emulated = await startX(t);
  const proxy = await startRecordingProxy(emulated.x.url);
  t.after(() => proxy.close());
  const users = accounts.map((id) => [id, { scheme: 'oauth1', token: `${id}-token`, tokenSecret: 'token-secret' }]);
  const tokens = {
    bearerToken: 'test-bearer',
    consumerKey: 'key',
    consumerSecret: 'consumer-secret',
    users: Object.fromEntries(users),
  };
  const xSide = { xApiUrl: proxy.url, apiTokens: { default: JSON.stringify(tokens) } };
  const project = await startLocalProject({ default: '{}' }, emulated.receiver.url, xSide);
  t.after(() => project.close());
  await runFast(project.directory);
  if (isRegistered) await emulated.register();

  const cwd = project.directory;
  return {
    project,
    emulated,
    proxy,
    write: (file) => writeFile(join(cwd, 'subscriptions.json'), typeof file === 'string' ? file : JSON.stringify(file)),
    async run(...args) {
      const ran = await gapless(['subscriptions', ...args, '--local'], { cwd });
      for (const word of secretWords) assert.ok(!`${ran.out}${ran.notes}`.includes(word), `${word} is shown`);
      return ran;
    },
    start: (...args) => startGapless(['subscriptions', ...args, '--local'], { cwd }),
    async subscribed() {
      const { body } = await emulated.api('GET /2/activity/subscriptions?max_results=1000');
      return list(member(body, 'data'))
        .map((one) => `${member(one, 'event_type')} ${member(one, 'filter', 'user_id')}`)
        .toSorted();
    },
  };
}

/** The stack's clock makes 15 minutes of X's limit a matter of milliseconds. */
async function runFast(directory: string): Promise<void> {
  const file = join(directory, '.gapless', 'local.json');
  const stack: unknown = JSON.parse(await readFile(file, 'utf8'));
  const clock = { realAt: Date.now(), localAt: Date.now(), speed: 10_000 };
  await writeFile(file, JSON.stringify(Object.assign(Object(stack), { clock })));
}

/** JSON lines of an output. */
export const parsedLines = (out: string): readonly unknown[] =>
  out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

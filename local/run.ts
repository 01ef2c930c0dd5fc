import { join } from 'node:path';
import { GaplessError } from '../shared/errors.ts';
import { announcement } from './announcement.ts';
import { AdjustableClock } from './clock/adjustable-clock.ts';
import { acceleratedFrom } from './clock/clock-state.ts';
import { localFile, refuseSecondStack, writeLocalFile } from './local-file.ts';
import { introduction, playOnce } from './once/play-once.ts';
import { killAll } from './processes/managed-process.ts';
import { endReaper } from './processes/reaper.ts';
import { type LocalStack, startLocalStack } from './stack.ts';
import { parseStartOptions, type StartOptions, usage } from './start-options.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';
import { connectToX } from './x/connect-to-x.ts';

export interface RunOptions {
  /** Where `.gapless/local.json` goes. */
  readonly projectDir: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Events a second of the local clock: two, and so few on a fast clock that this machine keeps up with them. */
const trafficRate = (speed: number): number => Math.min(2, 15 / speed);

/** npm passes on the signal that the whole group has had already. */
const sameSignalMs = 1000;

/** Resolves at the first signal to end. At a later one the process ends at once, and the reaper clears what is left. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    let endingSince: number | undefined;
    const onSignal = () => {
      endingSince ??= performance.now();
      if (performance.now() - endingSince > sameSignalMs) process.exit(130);
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
}

async function start(
  options: StartOptions,
  { projectDir, env }: RunOptions,
  own: (close: () => Promise<void>) => void,
): Promise<LocalStack> {
  const file = localFile(projectDir);
  if (!options.once) await refuseSecondStack(file);

  const epoch = options.epoch ?? Date.now();
  const bearerToken = env.X_BEARER_TOKEN || 'local-bearer-token';
  const assembly = await makeTemporaryDirectory();
  own(assembly.remove);
  const stack = await startLocalStack({
    // Imported late: CDK is large, and a wrong flag or a taken port should be told at once.
    synthesize: async () =>
      (await import('../infra/synthesize.ts')).synthesize({
        outDir: join(assembly.path, 'cdk.out'),
        ...(options.stream ? { context: { stream: 'on' } } : {}),
      }),
    port: options.port,
    signing: {
      consumerSecret: env.X_CONSUMER_SECRET || 'local-consumer-secret',
      clientSecret: env.X_CLIENT_SECRET || 'local-client-secret',
    },
    x:
      env.X_API_BASE_URL && !options.once
        ? { url: env.X_API_BASE_URL, bearerToken }
        : { port: options.xPort, bearerToken },
    clock: new AdjustableClock(acceleratedFrom(epoch, options.speed)),
    log: (line) => (options.once ? console.error(line) : console.log(line)),
    ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
  });
  own(stack.close);
  await connectToX(stack, { bearerToken, traffic: false });
  if (options.traffic && !options.once) stack.emulator?.startTraffic({ rate: trafficRate(options.speed) });
  // Nobody needs to find a stack that ends by itself; another one may be there to be found.
  if (!options.once) own(await writeLocalFile(file, stack, epoch));
  return stack;
}

/** Resolves with the exit code. */
async function runUntilEnd(run: RunOptions): Promise<number> {
  const options = parseStartOptions(run.args);
  if (options.help) {
    console.log(usage);
    return 0;
  }
  if (options.once) console.log(introduction(options.speed));
  const signal = untilSignal();
  const closers: (() => Promise<void>)[] = [];
  try {
    const stack = await Promise.race([start(options, run, (close) => closers.unshift(close)), signal]);
    // Before it is ready there is nothing to end in order.
    if (stack === undefined) return options.once ? interrupted : 0;
    const died = await Promise.race([stack.died, options.once ? once(stack, signal) : stay(stack, options, signal)]);
    if (typeof died === 'number') return died;
    throw new GaplessError('LOCAL_START_FAILED', `${died}. The local stack ends; start it again with npm start.`);
  } finally {
    for (const close of closers) await close();
  }
}

async function stay(stack: LocalStack, options: StartOptions, signal: Promise<void>): Promise<number> {
  console.log(announcement(stack, options));
  console.log(`ready ${stack.webhookUrl}`);
  await signal;
  return 0;
}

/** What shells call a program that Ctrl-C ended: the story was not told to its end. */
const interrupted = 130;

async function once(stack: LocalStack, signal: Promise<void>): Promise<number> {
  const stop = new AbortController();
  void signal.then(() => stop.abort());
  try {
    await playOnce(stack, (line) => console.log(line), stop.signal);
    return 0;
  } catch (error) {
    if (stop.signal.aborted) return interrupted;
    throw error;
  }
}

/** `npm start`, from its arguments to its exit code: 0 ended as told, 1 failed, 2 wrong usage, 130 a story that was broken off. Leaves nothing behind. */
export async function run(options: RunOptions): Promise<number> {
  try {
    return await runUntilEnd(options);
  } catch (error) {
    if (!(error instanceof GaplessError)) throw error;
    const isUsage = error.code === 'USAGE';
    console.error(isUsage ? `${error.message}\n\n${usage}` : error.message);
    return isUsage ? 2 : 1;
  } finally {
    await killAll();
    await endReaper();
  }
}

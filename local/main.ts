import { join, resolve } from 'node:path';
import { synthesize } from '../infra/synthesize.ts';
import { GaplessError } from '../shared/errors.ts';
import { announcement } from './announcement.ts';
import { AdjustableClock } from './clock/adjustable-clock.ts';
import { acceleratedFrom } from './clock/clock-state.ts';
import { localFile, refuseSecondStack, writeLocalFile } from './local-file.ts';
import { endReaper } from './processes/reaper.ts';
import { type LocalStack, startLocalStack } from './stack.ts';
import { parseStartOptions, type StartOptions, usage } from './start-options.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';
import { connectToX } from './x/connect-to-x.ts';

const projectDir = resolve(import.meta.dirname, '..');

/** Resolves at the first signal to end; at the second the process ends at once. */
function untilSignal(): Promise<void> {
  return new Promise((done) => {
    const onSignal = () => {
      done();
      process.on('SIGINT', () => process.exit(130));
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, onSignal);
  });
}

async function start(options: StartOptions, own: (close: () => Promise<void>) => void): Promise<LocalStack> {
  const { env } = process;
  const file = localFile(projectDir);
  await refuseSecondStack(file);

  const epoch = options.epoch ?? Date.now();
  const bearerToken = env.X_BEARER_TOKEN || 'local-bearer-token';
  const assembly = await makeTemporaryDirectory();
  own(assembly.remove);
  const stack = await startLocalStack({
    synthesize: () => synthesize({ outDir: join(assembly.path, 'cdk.out') }),
    port: options.port,
    signing: {
      consumerSecret: env.X_CONSUMER_SECRET || 'local-consumer-secret',
      clientSecret: env.X_CLIENT_SECRET || 'local-client-secret',
    },
    x: env.X_API_BASE_URL ? { url: env.X_API_BASE_URL } : { port: options.xPort, bearerToken },
    clock: new AdjustableClock(acceleratedFrom(epoch, options.speed)),
    log: (line) => console.log(line),
    ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
  });
  own(stack.close);
  await connectToX(stack, { bearerToken, traffic: options.traffic });
  own(await writeLocalFile(file, stack, epoch));
  return stack;
}

async function main(): Promise<number> {
  const options = parseStartOptions(process.argv.slice(2));
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const signal = untilSignal();
  const closers: (() => Promise<void>)[] = [];
  try {
    const stack = await Promise.race([start(options, (close) => closers.unshift(close)), signal]);
    // Before it is ready there is nothing to end in order: the reaper clears what is there.
    if (stack === undefined) return 0;
    console.log(announcement(stack, options));
    console.log(`ready ${stack.webhookUrl}`);
    const died = await Promise.race([stack.died, signal]);
    if (died === undefined) return 0;
    throw new GaplessError('LOCAL_START_FAILED', `${died}. The local stack ends; start it again with npm start.`);
  } finally {
    for (const close of closers) await close();
  }
}

let code = 1;
try {
  code = await main();
} catch (error) {
  if (!(error instanceof GaplessError)) throw error;
  console.error(error.code === 'USAGE' ? `${error.message}\n\n${usage}` : error.message);
  if (error.code === 'USAGE') code = 2;
} finally {
  await endReaper();
}
process.exit(code);

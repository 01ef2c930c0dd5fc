import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { AdjustableClock } from '../clock/adjustable-clock.ts';
import { clockArguments, followClock } from '../clock/process-clock.ts';
import { manage } from '../processes/managed-process.ts';
import { keepOutput } from './function-output.ts';
import { type FunctionSpec, functionArn } from './function-spec.ts';
import { functionError, type InvocationResult } from './invocation.ts';
import { processEnvironment } from './process-environment.ts';
import { startRuntimeApi } from './runtime-api.ts';

export interface FunctionProcessOptions {
  readonly spec: FunctionSpec;
  readonly clock: AdjustableClock;
  /** Standard output and error of the process are appended here. */
  readonly logFile: string;
  readonly extraEnvironment: Readonly<Record<string, string>>;
  /** Told of each line of the standard output. */
  readonly onLine?: (line: string) => void;
}

/** One execution environment: a process that runs the function's bundle and takes one invocation at a time. */
export interface FunctionProcess {
  readonly pid: number | undefined;
  /** False from the moment at which it was killed, or died by itself: it takes no invocation any more. */
  readonly alive: boolean;
  /** Resolves when it is dead, for whatever reason. */
  readonly ended: Promise<unknown>;
  /** Waits for the process to be ready, then for the outcome. After a timeout or a crash the process is dead. */
  invoke(payload: string, requestId: string): Promise<InvocationResult>;
  kill(signal: NodeJS.Signals): void;
  close(): Promise<void>;
}

/** What Lambda gives a function to initialise itself. */
const initTimeoutMs = 10_000;

export async function startFunctionProcess(options: FunctionProcessOptions): Promise<FunctionProcess> {
  const { spec, clock } = options;
  const api = await startRuntimeApi();
  const log = openSync(options.logFile, 'a');
  const child = fork(join(import.meta.dirname, 'runtime-client.ts'), [], {
    cwd: spec.codeDir,
    detached: true,
    stdio: ['ignore', 'pipe', log, 'ipc'],
    execArgv: [...clockArguments(clock), ...heapArguments(spec.memoryMb)],
    env: processEnvironment({
      spec,
      clock,
      runtimeApi: api.address,
      logStream: `[$LATEST]${randomUUID().replaceAll('-', '')}`,
      extra: options.extraEnvironment,
    }),
  });
  closeSync(log);
  if (child.stdout !== null) keepOutput(child.stdout, options.logFile, options.onLine ?? (() => {}));
  const managed = manage(child);
  let alive = true;
  const kill = (signal: NodeJS.Signals) => {
    alive = false;
    child.kill(signal);
  };
  const following = followClock(clock, child);
  const ended = managed.exited.then(async (how) => {
    alive = false;
    (await following)();
    await api.close();
    return how;
  });

  const within = async (
    ms: number,
    work: Promise<InvocationResult | undefined>,
    id: string,
  ): Promise<InvocationResult | undefined> => {
    const late = Promise.withResolvers<InvocationResult>();
    const timer = setTimeout(() => {
      const seconds = (ms / 1000).toFixed(2);
      late.resolve(
        functionError('Sandbox.Timedout', `RequestId: ${id} Error: Task timed out after ${seconds} seconds`),
      );
      kill('SIGKILL');
    }, ms);
    const died = managed.exited.then((how) =>
      functionError('Runtime.ExitError', `RequestId: ${id} Error: Runtime exited: ${how}`),
    );
    // The late one first: its kill makes `died` true as well.
    const outcome = await Promise.race([late.promise, work, died]);
    clearTimeout(timer);
    return outcome;
  };

  return {
    pid: child.pid,
    ended,
    async invoke(payload, requestId) {
      const failure = await within(initTimeoutMs, api.initialised, requestId);
      if (failure !== undefined) {
        kill('SIGKILL');
        return failure;
      }
      const timeoutMs = spec.timeoutSeconds * 1000;
      const deadlineAt = performance.timeOrigin + performance.now() + timeoutMs;
      const work = api.deliver({ requestId, functionArn: functionArn(spec.name), payload, deadlineAt });
      const outcome = await within(timeoutMs, work, requestId);
      return outcome ?? functionError('Runtime.Unknown', `RequestId: ${requestId} Error: no outcome`);
    },
    get alive() {
      return alive;
    },
    kill,
    async close() {
      alive = false;
      await managed.stop(0);
      await ended;
    },
  };
}

/** Lambda's memory holds all of the process; V8's heap gets what the bootstrap of AWS's runtime gives it. */
function heapArguments(memoryMb: number): readonly string[] {
  const share = (hundredths: number) => Math.floor((memoryMb * hundredths) / 100);
  return [`--max-old-space-size=${share(90)}`, `--max-semi-space-size=${share(5)}`];
}

import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { AdjustableClock } from '../clock/adjustable-clock.ts';
import { type FunctionProcess, startFunctionProcess } from './function-process.ts';
import type { FunctionSpec } from './function-spec.ts';
import { functionError, type InvocationResult, maxPayloadBytes } from './invocation.ts';

/** An invocation that came to an end. */
export interface Invoked {
  readonly functionId: string;
  readonly requestId: string;
  readonly payload: string;
  readonly result: InvocationResult;
}

export interface FunctionRunnerOptions {
  readonly spec: FunctionSpec;
  readonly clock: AdjustableClock;
  readonly logFile: string;
  readonly extraEnvironment: Readonly<Record<string, string>>;
  /** Processes at once; more invocations wait a while. AWS starts up to a thousand, this machine has fewer cores. */
  readonly maxProcesses?: number;
  /** Real milliseconds that an invocation waits for a process before it is throttled. Default 5,000. */
  readonly waitMs?: number;
  /** Told of each line that the function prints. */
  readonly onLine?: (line: string) => void;
  /** Told of every invocation that failed, in a sentence for people. */
  readonly onFailure?: (sentence: string) => void;
  readonly onInvoked?: ((invoked: Invoked) => void) | undefined;
}

/**
 * Without an end of the waiting, a crowd that came too fast for the machine would be served long after its callers had
 * gone, and nobody else meanwhile; X gives up after ten seconds.
 */
const defaultWaitMs = 5_000;

/** One function: as many processes as its invocations need at once, each kept for the next invocation. */
export class FunctionRunner {
  readonly spec: FunctionSpec;
  readonly maxProcesses: number;
  readonly #options: FunctionRunnerOptions;
  readonly #processes = new Set<FunctionProcess>();
  readonly #idle: FunctionProcess[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #onResume: (() => void)[] = [];
  #starting = 0;
  #invocations = 0;
  #running = 0;
  #paused = false;
  #closed = false;

  constructor(options: FunctionRunnerOptions) {
    this.#options = options;
    this.spec = options.spec;
    const limit = options.maxProcesses ?? Math.max(2, availableParallelism());
    this.maxProcesses = Math.min(limit, options.spec.reservedConcurrency ?? limit);
  }

  /** Invocations so far, those that failed included. */
  get invocations(): number {
    return this.#invocations;
  }

  /** Invocations that run or wait for a process now. */
  get running(): number {
    return this.#running;
  }

  get pids(): readonly number[] {
    return [...this.#processes].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Synchronous invocation with a JSON payload. */
  async invoke(payload: string): Promise<InvocationResult> {
    if (this.#paused || this.#closed) return { kind: 'throttled' };
    if (Buffer.byteLength(payload) > maxPayloadBytes) {
      return functionError('RequestTooLargeException', `Request must be smaller than ${maxPayloadBytes} bytes`);
    }
    this.#invocations += 1;
    this.#running += 1;
    try {
      const process = await this.#acquire();
      if (process === undefined) return { kind: 'throttled' };
      const requestId = randomUUID();
      const result = await process.invoke(payload, requestId);
      this.#options.onInvoked?.({ functionId: this.spec.logicalId, requestId, payload, result });
      this.#release(process);
      if (result.kind === 'function-error' && !this.#closed) {
        this.#options.onFailure?.(`${this.spec.name} failed: ${result.errorType} ${result.errorMessage}`);
      }
      return result;
    } finally {
      this.#running -= 1;
    }
  }

  /** Kills every process of the function, working or idle. Returns how many. */
  kill(signal: NodeJS.Signals = 'SIGKILL'): number {
    for (const process of this.#processes) process.kill(signal);
    return this.#processes.size;
  }

  /** From now on invocations are throttled, as with a reserved concurrency of 0. Those that run go on. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    for (const resolve of this.#onResume.splice(0)) resolve();
  }

  /** Resolves when invocations are taken. */
  async untilResumed(): Promise<void> {
    if (this.#paused) await new Promise<void>((resolve) => this.#onResume.push(resolve));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.resume();
    for (const wake of this.#waiting.splice(0)) wake();
    await Promise.all([...this.#processes].map((process) => process.close()));
  }

  /** `undefined`: there is none to be had. */
  async #acquire(): Promise<FunctionProcess | undefined> {
    const until = performance.now() + (this.#options.waitMs ?? defaultWaitMs);
    while (!this.#closed) {
      const idle = this.#idle.pop();
      if (idle?.alive) return idle;
      if (idle !== undefined) continue;
      if (this.#processes.size + this.#starting < this.maxProcesses) return this.#start();
      if (!(await this.#wait(until - performance.now()))) break;
    }
    return undefined;
  }

  /** Resolves with true when a process may be free, with false when the time is over. */
  #wait(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(wake), 1);
        resolve(false);
      }, ms);
      this.#waiting.push(wake);
    });
  }

  async #start(): Promise<FunctionProcess> {
    this.#starting += 1;
    const process = await startFunctionProcess(this.#options).finally(() => {
      this.#starting -= 1;
    });
    this.#processes.add(process);
    void process.ended.then(() => {
      this.#processes.delete(process);
      const index = this.#idle.indexOf(process);
      if (index >= 0) this.#idle.splice(index, 1);
      this.#waiting.shift()?.();
    });
    return process;
  }

  #release(process: FunctionProcess): void {
    if (!process.alive) return;
    this.#idle.push(process);
    this.#waiting.shift()?.();
  }
}

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createSqsClient } from '../shared/aws/clients/sqs.ts';
import { GaplessError } from '../shared/errors.ts';
import type { AdjustableClock } from './clock/adjustable-clock.ts';
import { FunctionRunner, type Invoked } from './lambda/function-runner.ts';
import type { FunctionSpec } from './lambda/function-spec.ts';
import { sdkConfig } from './sdk-config.ts';
import { queueUrl } from './sqs-s3.ts';
import { queueArn } from './template/names.ts';
import type { StackModel } from './template.ts';
import { startSchedule } from './triggers/schedule.ts';
import { startSqsEventSource } from './triggers/sqs-event-source.ts';

export interface FunctionsOptions {
  readonly model: StackModel;
  readonly clock: AdjustableClock;
  /** One log file for each function. */
  readonly logsDir: string;
  /** Beside the function's own variables. */
  readonly extraEnvironment: Readonly<Record<string, string>>;
  readonly sqsEndpoint: string;
  readonly maxProcesses?: number;
  readonly log: (line: string) => void;
  /** Told of each line that a function prints, and of the log group that it belongs to. */
  readonly onLine: (line: string, logGroup: string) => void;
  readonly onInvoked?: ((invoked: Invoked) => void) | undefined;
  /** Gives each function an access key id of its own, its logical id, so that its calls can be told from others'. */
  readonly ownKeys?: boolean;
}

export interface Functions {
  readonly byName: ReadonlyMap<string, FunctionRunner>;
  /** Those whose invocations end before their schedule's next one. */
  readonly finite: readonly FunctionRunner[];
  /** By the beginning of the logical id: `ReceiveWebhook`. Throws `NOT_FOUND`. */
  named(start: string): FunctionRunner;
  /** Ends what calls them, gives what runs and would end by itself three seconds to finish, and ends the processes. */
  close(): Promise<void>;
}

const finishWithinMs = 3000;
/** Of a standing function, per schedule: the elder, its successor, and the tick that finds both there. */
const besideEachOther = 3;

/** The functions of the stack with everything that calls them but HTTP: queues and schedules. */
export async function startFunctions(options: FunctionsOptions): Promise<Functions> {
  const { model, clock, logsDir, maxProcesses, log, onLine, onInvoked, ownKeys = false } = options;
  await mkdir(logsDir, { recursive: true });
  const ticksOf = (spec: FunctionSpec) => model.schedules.filter(({ functionName }) => functionName === spec.name);
  /** Its invocations outlast their schedule: there is always one. */
  const isStanding = (spec: FunctionSpec) => ticksOf(spec).some(({ everyMs }) => spec.timeoutSeconds * 1000 > everyMs);
  const byName = new Map(
    model.functions.map((spec) => {
      const logFile = join(logsDir, `${spec.name}.log`);
      const onFailure = (sentence: string) => log(`${sentence} (${logFile} has more)`);
      const most = isStanding(spec) ? ticksOf(spec).length * besideEachOther : maxProcesses;
      const limit = most === undefined ? {} : { maxProcesses: most };
      const key = ownKeys ? { AWS_ACCESS_KEY_ID: spec.logicalId } : {};
      const extraEnvironment = { ...options.extraEnvironment, ...key };
      const told = { onFailure, onLine: (line: string) => onLine(line, spec.logGroup), onInvoked };
      return [spec.name, new FunctionRunner({ spec, clock, logFile, extraEnvironment, ...told, ...limit })];
    }),
  );
  const runnerOf = (name: string): FunctionRunner => {
    const runner = byName.get(name);
    if (runner !== undefined) return runner;
    throw new GaplessError('LOCAL_UNSUPPORTED', `${name} is to be called, but the template has no such function.`);
  };

  const client = createSqsClient(sdkConfig(options.sqsEndpoint));
  const eventSources = model.eventSources.map((spec) =>
    startSqsEventSource({
      spec,
      runner: runnerOf(spec.functionName),
      client,
      queueUrl: queueUrl(options.sqsEndpoint, spec.queueName),
      queueArn: queueArn(spec.queueName),
      log,
    }),
  );
  const schedules = model.schedules.map((spec) => startSchedule(spec, runnerOf(spec.functionName), clock));

  return {
    byName,
    finite: [...byName.values()].filter(({ spec }) => !isStanding(spec)),
    named(start) {
      const runner = [...byName.values()].find(({ spec }) => spec.logicalId.startsWith(start));
      if (runner === undefined)
        throw new GaplessError('NOT_FOUND', `No function of the template begins with ${start}.`);
      return runner;
    },
    async close() {
      const finished = Promise.all([...eventSources, ...schedules].map((trigger) => trigger.close()));
      // What always runs would not finish however long one waited.
      await Promise.all([...byName.values()].filter(({ spec }) => isStanding(spec)).map((runner) => runner.close()));
      const timer = Promise.withResolvers<void>();
      const late = setTimeout(timer.resolve, finishWithinMs);
      await Promise.race([finished, timer.promise]);
      clearTimeout(late);
      await Promise.all([...byName.values()].map((runner) => runner.close()));
      await finished;
      client.destroy();
    },
  };
}

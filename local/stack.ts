import { join } from 'node:path';
import { createSqsClient } from '../shared/aws/clients/sqs.ts';
import { type QueueDepth, readQueueDepth } from '../shared/aws/queue-depth.ts';
import { parseStackOutputs } from '../shared/aws/stack-outputs.ts';
import { fillApiTokens } from './api-tokens.ts';
import { fillAppSecrets, type SigningSecrets } from './app-secrets.ts';
import { AdjustableClock } from './clock/adjustable-clock.ts';
import { observeStack } from './cloudwatch/observe-stack.ts';
import { showQueueAges } from './cloudwatch/queue-age.ts';
import {
  type AwsCall,
  type Endpoints,
  endpointVariables,
  type Faults,
  type StoppableParts,
  startEmbeddedAws,
} from './embedded-aws.ts';
import { type Functions, startFunctions } from './functions.ts';
import type { Invoked } from './lambda/function-runner.ts';
import { createResources } from './resources/create-resources.ts';
import { sdkConfig } from './sdk-config.ts';
import type { SecretsManager } from './secrets-manager.ts';
import { untilSettled } from './settled.ts';
import { queueUrl } from './sqs-s3.ts';
import { readTemplate, type TemplateLocation } from './template/read-template.ts';
import { interpretTemplate } from './template.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';
import { startHttpApi } from './triggers/http-api.ts';
import { startXEmulator, type XEmulator, type XEmulatorOptions } from './x-emulator/index.ts';

type BuiltInX = Pick<XEmulatorOptions, 'port' | 'bearerToken' | 'random' | 'replay' | 'keepsBodies'>;

export interface LocalStackOptions {
  /** What `synthesize()` of infra/ returns. Called when the ports are taken: it is the slow part, and a taken port should be known first. */
  readonly synthesize: () => Promise<TemplateLocation>;
  /** Of the HTTP API; 0, the default, takes a free one. */
  readonly port?: number;
  readonly signing: SigningSecrets;
  /** The built-in X, or another one. The token is what the stack's functions speak to it with. */
  readonly x: BuiltInX | { readonly url: string; readonly bearerToken: string };
  /** Where everything stays between runs; without it nothing does. */
  readonly dataDir?: string;
  readonly clock?: AdjustableClock;
  /** Lets the test make AWS fail for the functions. */
  readonly faults?: boolean;
  /** With it each function has an access key id of its own: its logical id. Needs `faults`. */
  readonly onCall?: (call: AwsCall) => void;
  readonly onInvoked?: (invoked: Invoked) => void;
  readonly maxProcesses?: number;
  readonly log?: (line: string) => void;
}

export interface LocalStack {
  readonly webhookUrl: string;
  readonly xApiUrl: string;
  readonly endpoints: Endpoints;
  /** Of the template, by the names that CloudFormation has them under. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly logsDir: string;
  readonly clock: AdjustableClock;
  readonly functions: Functions;
  readonly secrets: SecretsManager;
  readonly faults: Faults | undefined;
  /** Takes AWS away for a while. */
  readonly parts: StoppableParts;
  /** `undefined`: another X is used. */
  readonly emulator: XEmulator | undefined;
  queueDepth(queueUrl: string): Promise<QueueDepth>;
  /**
   * Resolves when no function runs and nothing waits or is in flight in a queue that a function reads; a reader of the
   * stream, which always runs, is not waited for. Rejects when the signal aborts.
   */
  settled(signal?: AbortSignal): Promise<void>;
  /** Resolves with a sentence for people when a part ended by itself. */
  readonly died: Promise<string>;
  /** Ends everything in order, within ten seconds. */
  close(): Promise<void>;
}

/** Runs the stack of a synthesized template on this machine. Throws `LOCAL_START_FAILED` or `LOCAL_UNSUPPORTED`, and leaves nothing then. */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const parts = new AsyncDisposableStack();
  try {
    return await start(options, parts);
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

async function start(options: LocalStackOptions, parts: AsyncDisposableStack): Promise<LocalStack> {
  const { dataDir, clock = new AdjustableClock(), log = () => {} } = options;
  const own = <T extends { close(): Promise<void> }>(part: T): T => {
    parts.defer(() => part.close());
    return part;
  };
  const data = (name: string) => (dataDir === undefined ? undefined : join(dataDir, name));

  const temporary = await makeTemporaryDirectory();
  parts.defer(() => temporary.remove());
  // Ports first: a taken one is known before anything else is started.
  const api = own(await startHttpApi(options.port ?? 0, clock));
  const emulator = 'url' in options.x ? undefined : own(await startX(options, options.x, clock, log));
  const xApiUrl = 'url' in options.x ? options.x.url : (emulator?.url ?? '');
  // Beside each other: the one waits for processes, the other computes.
  const keep = dataDir === undefined ? {} : { dataDir };
  const starting = startEmbeddedAws({ clock, faults: options.faults ?? false, onCall: options.onCall, ...keep }).then(
    own,
  );
  const location = await options.synthesize().finally(() => starting.catch(() => {}));
  const aws = await starting;

  const template = await readTemplate(location);
  const { endpoints, functionEndpoints, secrets } = aws;
  const shared = { apiUrl: api.url, secretArn: secrets.ensure };
  const model = interpretTemplate(
    template,
    { ...shared, sqsEndpoint: endpoints.sqs },
    { ...shared, sqsEndpoint: functionEndpoints.sqs },
  );
  const { webhookUrl } = parseStackOutputs(model.outputs, 'The local stack');
  await createResources(model, endpoints);
  fillAppSecrets(secrets, model.outputs.AppSecretArns ?? '{}', options.signing);
  fillApiTokens(secrets, model.outputs.ApiTokenSecretArns ?? '{}', options.x.bearerToken);
  const { onAnswered, onLine } = observeStack(aws.cloudWatch, model, log);
  showQueueAges(aws.cloudWatch, model, clock, aws.queues.oldestMessageSentAt);

  const logsDir = data('logs') ?? join(temporary.path, 'logs');
  const functions = own(
    await startFunctions({
      model,
      clock,
      logsDir,
      sqsEndpoint: endpoints.sqs,
      extraEnvironment: {
        ...endpointVariables(functionEndpoints),
        X_API_BASE_URL: xApiUrl,
        HEARTBEAT_WINDOW_SECONDS: String(atLeastReal(5, 15, clock)),
        STREAM_SILENCE_SECONDS: String(atLeastReal(5, 20, clock)),
        STREAM_LEASE_SECONDS: String(atLeastReal(3, 45, clock)),
      },
      log,
      onLine,
      onInvoked: options.onInvoked,
      ownKeys: options.onCall !== undefined,
      ...(options.maxProcesses === undefined ? {} : { maxProcesses: options.maxProcesses }),
    }),
  );
  api.serve(model.routes, functions.byName, onAnswered);

  const sqs = createSqsClient(sdkConfig(endpoints.sqs));
  parts.defer(() => sqs.destroy());
  const queueDepth = (url: string) => readQueueDepth(sqs, url);
  return {
    webhookUrl,
    xApiUrl,
    endpoints,
    outputs: model.outputs,
    logsDir,
    clock,
    functions,
    secrets,
    faults: aws.faults,
    parts: aws.parts,
    emulator,
    queueDepth,
    settled(signal) {
      const urls = model.eventSources.map(({ queueName }) => queueUrl(endpoints.sqs, queueName));
      return untilSettled(functions.finite, () => Promise.all(urls.map(queueDepth)), signal);
    },
    died: aws.died,
    async close() {
      // X first: what it has not delivered by now would only meet closed doors.
      await emulator?.close();
      await parts.disposeAsync();
    },
  };
}

/** Local seconds for what takes real time, however fast the local clock runs: `usual`, and at least so many real ones. */
const atLeastReal = (real: number, usual: number, { state }: AdjustableClock): number =>
  Math.max(usual, Math.ceil(real * state.speed));

function startX(
  { signing, dataDir }: LocalStackOptions,
  x: BuiltInX,
  clock: AdjustableClock,
  log: (line: string) => void,
): Promise<XEmulator> {
  return startXEmulator({
    ...signing,
    ...x,
    clock,
    log,
    ...(dataDir === undefined ? {} : { dataDir: join(dataDir, 'x') }),
  });
}

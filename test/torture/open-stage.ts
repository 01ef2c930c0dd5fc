import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '../../infra/synthesize.ts';
import { AdjustableClock } from '../../local/clock/adjustable-clock.ts';
import { acceleratedFrom } from '../../local/clock/clock-state.ts';
import { sdkConfig } from '../../local/sdk-config.ts';
import { startLocalStack } from '../../local/stack.ts';
import { openReaders } from '../../local/stack-readers.ts';
import type { TemplateLocation } from '../../local/template/read-template.ts';
import { makeTemporaryDirectory } from '../../local/temporary-directory.ts';
import { connectToX } from '../../local/x/connect-to-x.ts';
import { seededRandom } from '../../local/x-emulator/random.ts';
import { createDynamoDbClient } from '../../shared/aws/clients/dynamodb.ts';
import { createSqsClient } from '../../shared/aws/clients/sqs.ts';
import { parseStackOutputs } from '../../shared/aws/stack-outputs.ts';
import { createStreamLease } from '../../shared/aws/stream-lease.ts';
import { member } from '../../shared/domain/json.ts';
import { createXClient } from '../../shared/x/api/client.ts';
import { listWebhooks } from '../../shared/x/api/webhooks.ts';
import { bearerToken, signing } from '../support/local-stack.ts';
import { otherApp } from './faults/forgeries.ts';
import type { Plan } from './plan.ts';
import type { Stage } from './stage.ts';
import type { Witness } from './witness.ts';

export interface OpenStage extends Stage, AsyncDisposable {
  /** Of the functions, and the diary. */
  readonly logsDir: string;
  readonly template: TemplateLocation;
}

/** The whole stack with two apps on free ports, its data in a temporary directory, its X connected and quiet. */
export async function openStage(plan: Plan, witness: Pick<Witness, 'onCall' | 'onInvoked'>): Promise<OpenStage> {
  const resources = new AsyncDisposableStack();
  try {
    const directory = await makeTemporaryDirectory();
    resources.defer(() => directory.remove());
    const outDir = join(directory.path, 'cdk.out');
    const bundleDir = join(directory.path, 'functions');
    // X allows an app two connections to its stream, and its emulator is one app: no room for a brand's reader.
    const context = plan.stream ? { stream: 'on' } : { apps: 'default,brand' };
    const template = await synthesize({ outDir, bundleDir, context });
    const clock = new AdjustableClock(acceleratedFrom(Date.now(), plan.speed));
    const diary = join(directory.path, 'diary.log');
    const say = (line: string) => appendFileSync(diary, `${new Date(clock.now()).toISOString()} ${line}\n`);
    const stack = await startLocalStack({
      synthesize: async () => template,
      signing,
      x: { port: 0, bearerToken, random: seededRandom(plan.seed + 1), keepsBodies: true },
      dataDir: join(directory.path, 'data'),
      clock,
      faults: true,
      log: say,
      ...witness,
    });
    resources.defer(() => stack.close());
    const secretOf = (app: string) => String(member(JSON.parse(stack.outputs.AppSecretArns ?? '{}'), app));
    const { consumerSecret, clientSecret } = otherApp;
    const ofBrand = { consumerSecrets: [{ value: consumerSecret }], clientSecrets: [{ value: clientSecret }] };
    if (!plan.stream) stack.secrets.put(secretOf('brand'), JSON.stringify(ofBrand));
    await connectToX(stack, { bearerToken, traffic: false });

    const readers = openReaders(stack);
    resources.defer(() => readers.close());
    const names = parseStackOutputs(stack.outputs, 'The tortured stack');
    const dynamodb = createDynamoDbClient(sdkConfig(stack.endpoints.dynamodb));
    resources.defer(() => dynamodb.destroy());
    const sqs = createSqsClient({ ...sdkConfig(stack.endpoints.sqs), maxAttempts: 1 });
    resources.defer(() => sqs.destroy());
    const webhooks = await listWebhooks(createXClient({ baseUrl: stack.xApiUrl, bearerToken, timeoutMs: 10_000 }));
    const webhookId = webhooks.ok ? webhooks.value[0]?.webhookId : undefined;
    if (stack.emulator === undefined || webhookId === undefined) throw new TypeError('X has no webhook');
    return {
      stack,
      x: stack.emulator,
      readers,
      names,
      ...(plan.stream && { lease: createStreamLease(dynamodb, names.ledgerTable) }),
      webhookId,
      secret: { arn: secretOf('default'), right: stack.secrets.current(secretOf('default')) ?? '' },
      sqs,
      account: { garbage: new Set(), forged: new Map(), repeats: 0 },
      say,
      logsDir: directory.path,
      template,
      [Symbol.asyncDispose]: () => resources.disposeAsync(),
    };
  } catch (error) {
    await resources.disposeAsync();
    throw error;
  }
}

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { synthesize } from '../../../infra/synthesize.ts';
import { AdjustableClock } from '../../../local/clock/adjustable-clock.ts';
import { acceleratedFrom } from '../../../local/clock/clock-state.ts';
import type { FunctionRunner } from '../../../local/lambda/function-runner.ts';
import { type Comparison, compareSent } from '../../../local/once/compare.ts';
import { sdkConfig } from '../../../local/sdk-config.ts';
import type { LocalStack } from '../../../local/stack.ts';
import { openReaders, type StackReaders } from '../../../local/stack-readers.ts';
import type { TemplateLocation } from '../../../local/template/read-template.ts';
import { makeTemporaryDirectory } from '../../../local/temporary-directory.ts';
import { registerWebhook } from '../../../local/x/register-webhook.ts';
import { activityTypeOf } from '../../../local/x-emulator/activity-types.ts';
import type { XEmulator } from '../../../local/x-emulator/index.ts';
import { seededRandom } from '../../../local/x-emulator/random.ts';
import { createDynamoDbClient } from '../../../shared/aws/clients/dynamodb.ts';
import { parseStackOutputs } from '../../../shared/aws/stack-outputs.ts';
import { createStreamSessions } from '../../../shared/aws/stream-sessions.ts';
import { eventTypes } from '../../../shared/domain/event-types.ts';
import { minuteMs } from '../../../shared/domain/gaps/interval.ts';
import { newestCoverageMs } from '../../../shared/domain/stream/reach-back.ts';
import { bearerToken, startTestStack } from '../../support/local-stack.ts';

export interface Streaming {
  readonly stack: LocalStack;
  readonly x: XEmulator;
  readonly readers: StackReaders;
  readonly readStream: FunctionRunner;
  /** Of the stack's clock. */
  minutes(count: number): Promise<void>;
  /** Looks again and again. Fails when it does not become so within so many minutes of the stack's clock, or two real ones if that is longer. */
  until(what: string, holds: () => boolean | Promise<boolean>, withinMinutes?: number): Promise<void>;
  /** Deliveries on the queue, those in the hands of a recorder included. */
  queued(): Promise<number>;
  /** X's record held against the table, event by event. */
  compare(): Promise<Comparison>;
  /** Stops the traffic and waits until a reader has proven that all of it is on the queue, and all is recorded. */
  allRecorded(): Promise<void>;
  /**
   * Stops the traffic and waits until every event is in the table once, and nothing is left to be recorded. With `outstanding` X may still
   * have deliveries to try again.
   */
  assertAllStored(options?: { readonly outstanding?: boolean }): Promise<Comparison>;
}

interface StreamingOptions {
  readonly speed: number;
  /** Where X's activity goes, by its subscriptions: to the stream alone, or to the webhook, too. */
  readonly activity: 'stream' | 'webhook';
}

/** Made-up accounts; X's activity is subscribed for them, every type of it. */
const accounts = ['1042333000000000001', '1519876000000000042'];
const lookAgainMs = 100;
const leastPatienceMs = 120_000;

let synthesized: Promise<TemplateLocation> | undefined;

function synthesizeStreaming(): Promise<TemplateLocation> {
  synthesized ??= makeTemporaryDirectory().then(({ path }) =>
    synthesize({ outDir: join(path, 'cdk.out'), bundleDir: join(path, 'functions'), context: { stream: 'on' } }),
  );
  return synthesized;
}

/** The whole stack with its stream on, on a fast clock, and X's stream being read. X is quiet. */
export async function startStreaming(
  { speed, activity }: StreamingOptions,
  parts: AsyncDisposableStack,
): Promise<Streaming> {
  const clock = new AdjustableClock(acceleratedFrom(Date.now(), speed));
  const x = { port: 0, bearerToken, random: seededRandom(17), keepsBodies: true };
  // No fault of AWS is played here, and proxies would take as much of the machine as the database does.
  const stack = await startTestStack({ synthesize: synthesizeStreaming, clock, x, faults: false });
  parts.defer(() => stack.close());
  const readers = openReaders(stack);
  parts.defer(() => readers.close());
  const { emulator } = stack;
  assert.ok(emulator);
  const { deliveriesQueueUrl, ledgerTable } = parseStackOutputs(stack.outputs, 'The test stack');

  const until: Streaming['until'] = async (what, holds, withinMinutes = 10) => {
    const patienceMs = Math.max(leastPatienceMs, (withinMinutes * minuteMs) / speed);
    for (const end = performance.now() + patienceMs; !(await holds()); await pause(lookAgainMs)) {
      if (performance.now() > end) assert.fail(`${what} did not happen: ${JSON.stringify(emulator.stream.counts())}`);
    }
  };
  const queued = async () => {
    const { waiting, inFlight } = await stack.queueDepth(deliveriesQueueUrl);
    return waiting + inFlight;
  };
  /** A recorder that is behind may need long: what counts is that the queue gets shorter. */
  const recorded = async () => {
    for (let shortest = Number.POSITIVE_INFINITY, end = 0; ; await pause(lookAgainMs)) {
      const left = await queued();
      if (left === 0) return;
      if (left < shortest) [shortest, end] = [left, performance.now() + leastPatienceMs];
      if (performance.now() > end) assert.fail(`nothing is recorded any more; ${left} are left`);
    }
  };
  const compare = async () => {
    const stored: { readonly eventId: string }[] = [];
    for await (const { eventId } of readers.reader.events.between()) stored.push({ eventId });
    return compareSent(emulator.sent.events.values(), stored);
  };

  const { webhookId } = await registerWebhook({ baseUrl: stack.xApiUrl, bearerToken }, stack.webhookUrl);
  await subscribe(stack.xApiUrl, activity === 'webhook' ? webhookId : undefined);
  // What X streams counts from the first moment that a reader has proven; the readers before may be killed at any time.
  const dynamodb = createDynamoDbClient(sdkConfig(stack.endpoints.dynamodb));
  parts.defer(async () => dynamodb.destroy());
  const sessions = createStreamSessions({ client: dynamodb, table: ledgerTable, retentionDays: 30 });
  const provenToMs = async () => {
    const span = { fromMs: clock.now() - 60 * minuteMs, toMs: clock.now() };
    return newestCoverageMs(await sessions.read('default', span)) ?? 0;
  };
  await until('a reader who has proven something', async () => (await provenToMs()) > 0);

  return {
    stack,
    x: emulator,
    readers,
    readStream: stack.functions.named('ReadStream'),
    minutes: (count) => clock.sleepUntil(clock.now() + count * minuteMs),
    until,
    queued,
    compare,
    async allRecorded() {
      emulator.stopTraffic();
      await emulator.idle();
      const stoppedAtMs = clock.now();
      await until('a proof that all is on the queue', async () => (await provenToMs()) > stoppedAtMs);
      await recorded();
    },
    async assertAllStored({ outstanding = false } = {}) {
      emulator.stopTraffic();
      if (!outstanding) await emulator.idle();
      for (let least = Number.POSITIVE_INFINITY, end = 0; ; await pause(lookAgainMs)) {
        await recorded();
        const compared = await compare();
        if (compared.lost < least) [least, end] = [compared.lost, performance.now() + leastPatienceMs];
        if (compared.lost > 0 && performance.now() < end) continue;
        const { sent, missing, surplus } = compared;
        assert.deepEqual({ missing, surplus }, { missing: [], surplus: [] }, `of ${sent} events`);
        return compared;
      }
    },
  };
}

async function subscribe(xApiUrl: string, webhookId: string | undefined): Promise<void> {
  for (const eventType of eventTypes.filter((type) => activityTypeOf(type) !== undefined && type !== 'news.new')) {
    for (const account of accounts) {
      const body = {
        event_type: eventType,
        filter: { user_id: account },
        tag: 'local',
        ...(webhookId !== undefined && { webhook_id: webhookId }),
      };
      const answer = await fetch(`${xApiUrl}/2/activity/subscriptions`, {
        method: 'POST',
        headers: { authorization: `OAuth oauth_token="${account}-local"`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      assert.ok(answer.ok, `${eventType}: ${await answer.text()}`);
    }
  }
}

import { join } from 'node:path';
import { type App, CfnOutput, Stack } from 'aws-cdk-lib';
import { defaultApp, webhookPath } from '../shared/domain/webhook-path.ts';
import { AppSecrets } from './constructs/app-secrets.ts';
import { BodiesBucket } from './constructs/bodies-bucket.ts';
import { DeliveryQueue } from './constructs/delivery-queue.ts';
import { EventTables } from './constructs/event-tables.ts';
import { GapWatch } from './constructs/gap-watch.ts';
import { Receiver } from './constructs/receiver.ts';
import { Recorder, recorderVisibilityTimeout } from './constructs/recorder.ts';
import { StackAlarms } from './constructs/stack-alarms.ts';
import { addStreamAlarms } from './constructs/stream-alarms.ts';
import { StreamReader } from './constructs/stream-reader.ts';
import { WebhookApi } from './constructs/webhook-api.ts';
import type { WebhookDoor } from './constructs/webhook-door.ts';
import { WebhookFunctionUrl } from './constructs/webhook-function-url.ts';
import type { Settings } from './settings.ts';

export interface GaplessStackProps {
  readonly settings: Settings;
  /** Folder with one folder per function. */
  readonly bundleDir: string;
}

/** All of Gapless. What keeps something comes first, then the way of an event: API, receiver, queue, recorder; then who watches it. */
export class GaplessStack extends Stack {
  constructor(app: App, { settings, bundleDir }: GaplessStackProps) {
    super(app, settings.stackName, {
      description: "Gapless: every event of X's webhooks, once, in DynamoDB",
      // The webhook's URL dies with the stack, and X cannot edit it.
      terminationProtection: true,
    });
    const { apps } = settings;
    const secrets = new AppSecrets(this, 'Secrets', { apps });
    const tables = new EventTables(this, 'Tables');
    const { bucket: bodies } = new BodiesBucket(this, 'Bodies');
    const deliveries = new DeliveryQueue(this, 'Queue', {
      visibilityTimeout: recorderVisibilityTimeout(settings.recorder),
    });

    const receiver = new Receiver(this, 'ReceiveWebhook', {
      settings,
      codeDir: join(bundleDir, 'receive-webhook'),
      signatures: secrets.signatures,
      queue: deliveries.queue,
      bodies,
    });
    const Door = settings.frontDoor === 'function-url' ? WebhookFunctionUrl : WebhookApi;
    const webhook: WebhookDoor = new Door(this, 'Webhook', { settings, receiver });
    const recorder = new Recorder(this, 'RecordEvents', {
      settings,
      codeDir: join(bundleDir, 'record-events'),
      deliveries,
      tables,
      bodies,
    });
    const watch = new GapWatch(this, 'WatchGaps', {
      settings,
      codeDir: join(bundleDir, 'watch-gaps'),
      secrets,
      ledger: tables.ledger,
      queue: deliveries.queue,
      webhook,
    });

    const alarms = new StackAlarms(this, 'Alarms', {
      webhook,
      receiver,
      recorder,
      deliveries,
      watch,
      ...(settings.alarmEmail && { email: settings.alarmEmail }),
    });

    if (settings.stream === 'on') {
      const reader = new StreamReader(this, 'ReadStream', {
        settings,
        codeDir: join(bundleDir, 'read-stream'),
        apiTokens: secrets.apiTokens,
        ledger: tables.ledger,
        queue: deliveries.queue,
        bodies,
      });
      addStreamAlarms(alarms, reader);
    }

    this.output(
      'WebhookUrl',
      `${webhook.origin}${webhookPath(defaultApp)}`,
      'Register this with X for the default app; append /<app> for another',
    );
    this.output('EventsTableName', tables.events.tableName);
    this.output('CarriedPostsTableName', tables.carriedPosts.tableName);
    this.output('LedgerTableName', tables.ledger.tableName);
    this.output('DeliveriesQueueUrl', deliveries.queue.queueUrl);
    this.output('DeadLetterQueueUrl', deliveries.deadLetters.queueUrl);
    this.output('BodiesBucketName', bodies.bucketName);
    this.output('AppSecretArns', this.toJsonString(secrets.signatures), 'Fill these, or the webhook answers 503');
    this.output('ApiTokenSecretArns', this.toJsonString(secrets.apiTokens));
    this.output('Apps', apps.join(','));
    this.output('ReplayLimits', JSON.stringify(settings.replay));
    this.output('Stream', settings.stream);
    this.output('StreamMemoryMb', String(settings.streamMemoryMb));
  }

  /** The command line and the local stack find everything by these names. */
  private output(name: string, value: string, description?: string): void {
    new CfnOutput(this, name, { value, ...(description && { description }) });
  }
}

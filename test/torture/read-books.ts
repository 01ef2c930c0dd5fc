import { type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { envNames } from '../../functions/watch-gaps/env.ts';
import { sdkConfig } from '../../local/sdk-config.ts';
import { queueUrl } from '../../local/sqs-s3.ts';
import { readAccepted } from '../../shared/aws/accepted-deliveries.ts';
import { createCloudWatchClient } from '../../shared/aws/clients/cloudwatch.ts';
import { type Interval, minuteMs } from '../../shared/domain/gaps/interval.ts';
import { type Accounting, account, localAccounting } from '../../shared/use-cases/report/account.ts';
import { sumCoverage } from '../../shared/use-cases/report/traffic.ts';
import type { Books } from './books.ts';
import type { Stage } from './stage.ts';

/** What `gapless report` reads, from the start to now, and what lies in the queues. */
export async function readBooks(stage: Stage, startedAtMs: number): Promise<Books> {
  const span = { fromMs: Math.floor(startedAtMs / 3_600_000) * 3_600_000, toMs: stage.stack.clock.now() + minuteMs };
  const { accepted, minutes, streamed } = await readLedger(stage, span);
  const depth = await stage.stack.queueDepth(urlOf(stage, stage.names.deliveriesQueueUrl));
  const dead = await readDeadLetters(stage);
  const { recorded, events, stored, duplicates, stream } = sumCoverage(minutes, streamed);
  const garbage = dead.filter(isGarbage);
  return {
    accepted: accepted.reduce((sum, { count }) => sum + count, 0),
    recorded: recorded + stream.recorded,
    events,
    stored,
    duplicates,
    waiting: depth.waiting + depth.inFlight,
    deadLettered: distinct(dead.filter((message) => !isGarbage(message))),
    garbageBuried: distinct(garbage.filter(({ MessageAttributes }) => MessageAttributes?.cause !== undefined)),
  };
}

/** The account of `gapless report` for one span, without any tolerance: nothing fails in it. */
export async function readCalm(stage: Stage, span: Interval): Promise<Accounting> {
  const { accepted, minutes, streamed } = await readLedger(stage, span);
  const rules = { ...localAccounting, leastTolerance: 0 };
  return account({ span, minutes, streamed, accepted, inFlight: 0, deadLettered: 0, rules });
}

async function readLedger({ stack, readers }: Stage, span: Interval) {
  const namespace = stack.functions.named('WatchGaps').spec.environment[envNames.metricsNamespace] ?? '';
  const client = createCloudWatchClient(sdkConfig(stack.endpoints.cloudwatch));
  const paths = [new URL(stack.webhookUrl).pathname];
  const hourMs = 60 * minuteMs;
  const ofHours = { fromMs: Math.floor(span.fromMs / hourMs) * hourMs, toMs: span.toMs };
  const [accepted, minutes, streamed] = await Promise.all([
    readAccepted(client, { namespace, paths, span: ofHours, nowMs: stack.clock.now() }),
    readers.ledger.minutes('default', span),
    readers.ledger.minutes('default', span, 'stream'),
  ]);
  client.destroy();
  return { accepted, minutes, streamed };
}

/** The stack's outputs name the queues as functions see them, through a fault proxy. */
const urlOf = ({ stack }: Stage, url: string) => queueUrl(stack.endpoints.sqs, url.split('/').at(-1) ?? '');

async function readDeadLetters(stage: Stage): Promise<readonly Message[]> {
  const QueueUrl = urlOf(stage, stage.names.deadLetterQueueUrl);
  const receive = new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: 10,
    VisibilityTimeout: 3_600,
    MessageAttributeNames: ['All'],
  });
  const found: Message[] = [];
  for (;;) {
    const { Messages = [] } = await stage.sqs.send(receive);
    if (Messages.length === 0) return found;
    found.push(...Messages);
  }
}

const traceOf = ({ MessageAttributes }: Message) => MessageAttributes?.traceId?.StringValue ?? '';
const isGarbage = (message: Message) =>
  traceOf(message).startsWith('garbage-') || message.Body?.startsWith('{"garbage"') === true;
/** A message is buried again when the recorder died after its first funeral. */
const distinct = (messages: readonly Message[]) => new Set(messages.map((one) => `${traceOf(one)} ${one.Body}`)).size;

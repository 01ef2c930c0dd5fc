import type { QueueDepth } from '../../shared/aws/queue-depth.ts';
import type { Reader } from '../../shared/index.ts';
import type { Target } from '../target/target.ts';

/** Type → how many events are stored. */
export type Counts = Readonly<Record<string, number>>;

export interface StackStatus {
  readonly stack: string;
  readonly webhookUrl: string;
  /** Of all time. */
  readonly stored: Counts;
  /** Newest first, UTC, by when the events occurred: the last seven days until `now`, those with events. */
  readonly days: readonly { readonly day: string; readonly stored: Counts }[];
  readonly queue: QueueDepth;
  readonly deadLetters: QueueDepth;
  /** App → ISO time at which its newest recorded delivery was received; null where none is known. */
  readonly lastDeliveryAt: Readonly<Record<string, string | null>>;
}

const recentDays = 7;
const dayMs = 86_400_000;

export async function readStatus(target: Target, reader: Reader): Promise<StackStatus> {
  const { outputs, clock, name } = target;
  const [counts, depths, deliveries] = await Promise.all([
    reader.typeCounts(),
    readDepths(target),
    Promise.all(
      Object.keys(outputs.appSecretArns).map(async (app) => [app, (await reader.lastDelivery(app)) ?? null] as const),
    ),
  ]);
  const today = dayOf(clock.now());
  const first = dayOf(clock.now() - (recentDays - 1) * dayMs);
  const recent = counts.filter(({ day }) => first <= day && day <= today);
  return {
    stack: name,
    webhookUrl: outputs.webhookUrl,
    stored: sum(counts),
    days: [...Map.groupBy(recent, ({ day }) => day)].map(([day, ofDay]) => ({ day, stored: sum(ofDay) })),
    ...depths,
    lastDeliveryAt: Object.fromEntries(deliveries),
  };
}

async function readDepths({ clients, outputs }: Target) {
  const [{ createSqsClient }, { readQueueDepth }] = await Promise.all([
    import('../../shared/aws/clients/sqs.ts'),
    import('../../shared/aws/queue-depth.ts'),
  ]);
  const client = createSqsClient(clients.sqs);
  const [queue, deadLetters] = await Promise.all([
    readQueueDepth(client, outputs.deliveriesQueueUrl),
    readQueueDepth(client, outputs.deadLetterQueueUrl),
  ]);
  client.destroy();
  return { queue, deadLetters };
}

/** By type, in the order of the alphabet. */
function sum(counts: Awaited<ReturnType<Reader['typeCounts']>>): Counts {
  const byType = Map.groupBy(counts, ({ type }) => type);
  const sums = [...byType].map(
    ([type, some]) => [type, some.reduce((total, { stored }) => total + stored, 0)] as const,
  );
  return Object.fromEntries(sums.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

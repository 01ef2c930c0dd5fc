import type { AwsCall } from '../../../local/embedded-aws.ts';
import type { Invoked } from '../../../local/lambda/function-runner.ts';
import type { StackOutputs } from '../../../shared/aws/stack-outputs.ts';
import { eventsTable } from '../../../shared/aws/tables.ts';
import { list, member, object, text } from '../../../shared/domain/json.ts';
import { sqsRequests } from '../support/aws-prices.ts';
import { bytesOf, type IndexEntries, indexUnits, messageBytes, unitsOf } from './write-units.ts';

/** What some deliveries made the functions do: calls, and units as AWS bills them. */
export interface Counts {
  received: number;
  sends: number;
  /** Of all messages that the recorder got, and how many invocations got them. */
  messages: number;
  messageBytes: number;
  batches: number;
  eventUnits: number;
  indexUnits: number;
  referenceUnits: number;
  ledgerUnits: number;
  s3Puts: number;
}

const nothing = (): Counts => ({
  received: 0,
  sends: 0,
  messages: 0,
  messageBytes: 0,
  batches: 0,
  eventUnits: 0,
  indexUnits: 0,
  referenceUnits: 0,
  ledgerUnits: 0,
  s3Puts: 0,
});

const indexes: readonly IndexEntries[] = [eventsTable.byAccount, eventsTable.byTime].map(
  ({ partitionKey, sortKey, include }) => ({
    keys: [partitionKey, sortKey],
    carried: [eventsTable.partitionKey, eventsTable.sortKey, ...include],
  }),
);

/** Counts what the receiver and the recorder of a local stack ask of AWS, by AWS's own rules. */
export class Counter {
  counts = nothing();
  #names: Pick<StackOutputs, 'eventsTable' | 'carriedPostsTable' | 'ledgerTable'> | undefined;

  /** From now on, and for the tables of this stack. */
  start(names: StackOutputs): void {
    this.#names = names;
    this.counts = nothing();
  }

  onInvoked({ functionId, payload }: Invoked): void {
    if (functionId.startsWith('ReceiveWebhook')) this.counts.received += 1;
    if (!functionId.startsWith('RecordEvents')) return;
    this.counts.batches += 1;
    for (const record of list(member(JSON.parse(payload), 'Records'))) {
      this.counts.messages += 1;
      this.counts.messageBytes += messageBytes(member(record, 'body'), member(record, 'messageAttributes'));
    }
  }

  onCall({ service, method, headers, body }: AwsCall): void {
    if (!/Credential=(ReceiveWebhook|RecordEvents)/.test(String(headers.authorization))) return;
    if (service === 's3' && method === 'PUT') this.counts.s3Puts += 1;
    const operation = String(headers['x-amz-target']).split('.').at(-1);
    if (service === 'sqs' && operation === 'SendMessage') {
      const input: unknown = JSON.parse(body.toString());
      this.counts.sends += sqsRequests(messageBytes(member(input, 'MessageBody'), member(input, 'MessageAttributes')));
    }
    if (service === 'dynamodb') this.#countWrite(operation ?? '', JSON.parse(body.toString()));
  }

  #countWrite(operation: string, input: unknown): void {
    const table = text(member(input, 'TableName'));
    const item = object(member(input, 'Item')) ?? {};
    if (operation === 'PutItem' && table === this.#names?.eventsTable) {
      this.counts.eventUnits += unitsOf(bytesOf(item));
      this.counts.indexUnits += indexUnits(item, indexes);
    } else if (operation === 'PutItem' && table === this.#names?.carriedPostsTable) {
      this.counts.referenceUnits += unitsOf(bytesOf(item));
    } else if (operation === 'UpdateItem' && table === this.#names?.ledgerTable) {
      // Counters of a minute or a day: the largest item that Gapless makes there stays within 1 KB (docs/data-model.md).
      this.counts.ledgerUnits += 1;
    } else {
      throw new Error(`The bench does not know what ${operation} on ${table} costs.`);
    }
  }
}

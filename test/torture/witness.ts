import type { AwsCall } from '../../local/embedded-aws.ts';
import type { Invoked } from '../../local/lambda/function-runner.ts';
import { list, member, object, text } from '../../shared/domain/json.ts';

/** What one invocation of the recorder did. */
export interface RecorderRun {
  /** Deliveries that it said it was done with; heartbeats and the dead are none. */
  readonly done: readonly string[];
  /** It ended by itself and said what failed. */
  readonly endedWell: boolean;
  /** Deliveries that it added to the coverage, as DynamoDB took it. */
  readonly counted: number;
  /** One of these additions was taken and its answer lost, so that it was made again. */
  readonly unheard: boolean;
}

export interface Message {
  readonly kind: 'delivery' | 'heartbeat';
  /** By the webhook, or by the activity stream. */
  readonly way: 'webhook' | 'stream';
  readonly traceId: string;
  /** The newest try was the last. */
  readonly settled: boolean;
}

export interface Testimony {
  /** Requests with a delivery that the receiver answered with 200. */
  readonly answered: ReadonlySet<string>;
  /** Everything that the recorder was given, by message id. */
  readonly messages: ReadonlyMap<string, Message>;
  readonly runs: readonly RecorderRun[];
  /** Additions to the coverage of which nobody knows whether DynamoDB took them. */
  readonly unsure: number;
}

/** Sees all invocations and all calls, and keeps what the account is made of. */
export interface Witness {
  onCall(call: AwsCall): void;
  onInvoked(invoked: Invoked): void;
  testify(): Testimony;
}

interface Additions {
  counted: number;
  unheard: boolean;
}

/** By either way. */
const isCoverage = /^(coverage|streamed)#/;

export function createWitness(): Witness {
  const answered = new Set<string>();
  const messages = new Map<string, Message>();
  const runs: (Omit<RecorderRun, 'counted' | 'unheard'> & { readonly requestId: string })[] = [];
  const additions = new Map<string, Additions>();
  let unsure = 0;

  const seeReceiver = ({ payload, result }: Invoked) => {
    const event: unknown = JSON.parse(payload);
    if (member(event, 'requestContext', 'http', 'method') !== 'POST' || result.kind !== 'success') return;
    if (member(JSON.parse(result.payload), 'statusCode') !== 200) return;
    answered.add(text(member(event, 'requestContext', 'requestId')) ?? '');
  };

  const seeRecorder = ({ requestId, payload, result }: Invoked) => {
    const endedWell = result.kind === 'success';
    const failed = new Set(
      endedWell
        ? list(member(JSON.parse(result.payload), 'batchItemFailures')).map((item) => member(item, 'itemIdentifier'))
        : [],
    );
    const done: string[] = [];
    for (const record of list(member(JSON.parse(payload), 'Records'))) {
      const id = text(member(record, 'messageId')) ?? '';
      const attribute = (name: string) => text(member(record, 'messageAttributes', name, 'stringValue')) ?? '';
      const kind = attribute('kind') === 'heartbeat' ? 'heartbeat' : 'delivery';
      const way = ['stream', 'backfill'].includes(attribute('via')) ? 'stream' : 'webhook';
      const settled = endedWell && !failed.has(id);
      messages.set(id, { kind, way, traceId: attribute('traceId'), settled });
      if (settled && kind === 'delivery') done.push(id);
    }
    runs.push({ requestId, done, endedWell });
  };

  return {
    onInvoked(invoked) {
      if (invoked.functionId.startsWith('ReceiveWebhook')) seeReceiver(invoked);
      if (invoked.functionId.startsWith('RecordEvents')) seeRecorder(invoked);
    },
    onCall({ service, headers, body, status, unheard }) {
      if (service !== 'dynamodb' || !String(headers['x-amz-target']).endsWith('UpdateItem')) return;
      const input = object(JSON.parse(body.toString()));
      if (!isCoverage.test(text(member(input, 'Key', 'pk', 'S')) ?? '')) return;
      const count = Number(member(input, 'ExpressionAttributeValues', ':deliveries', 'N') ?? 0);
      if (status === undefined) unsure += count;
      if (status !== 200) return;
      const requestId = requestIdOf(String(headers['x-amzn-trace-id']));
      const known = additions.get(requestId) ?? { counted: 0, unheard: false };
      additions.set(requestId, { counted: known.counted + count, unheard: known.unheard || unheard });
    },
    testify: () => ({
      answered,
      messages,
      unsure,
      runs: runs.map(({ requestId, ...run }) => {
        const { counted, unheard } = additions.get(requestId.replaceAll('-', '')) ?? { counted: 0, unheard: false };
        return { ...run, counted, unheard };
      }),
    }),
  };
}

/** The local Runtime API makes the trace id from the request id. */
function requestIdOf(traceId: string): string {
  const [, time = '', rest = ''] = /Root=1-([0-9a-f]+)-([0-9a-f]+)/.exec(traceId) ?? [];
  return time + rest;
}

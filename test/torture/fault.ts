import type { OutageMode } from '../../local/x-emulator/outages/outages.ts';
import type { ReplayScript } from '../../local/x-emulator/replay/replay-script.ts';

export const functionNames = ['ReceiveWebhook', 'RecordEvents', 'WatchGaps'] as const;
export type FunctionName = (typeof functionNames)[number];
/** Only with the activity stream. */
export const streamReader = 'ReadStream';

export const services = ['dynamodb', 'sqs', 's3', 'secretsManager', 'cloudwatch'] as const;
export const manners = ['throttle', 'error', 'drop', 'drop-answer', 'delay'] as const;
export const parts = ['dynamodb', 'sqsAndS3', 'secretsManager'] as const;
export const forgeries = ['unsigned', 'other-secret', 'other-app', 'tampered', 'crc-token-body', 'checks'] as const;
export type Forgery = (typeof forgeries)[number];
export const oddities = ['unknown-json', 'bytes', 'empty', 'nearly-x', 'large-event', 'huge-event'] as const;
/** `huge-activity`: only with the activity stream, which has no other that is too large for the queue. */
export type Oddity = (typeof oddities)[number] | 'huge-activity';
export const streamTroubles = ['disconnect', 'cut', 'silence', 'refuse', 'refuse-past', 'abandon'] as const;
export type StreamTrouble = (typeof streamTroubles)[number];
export const garbages = [
  'no-attributes',
  'no-time',
  'unknown-kind',
  'unknown-encoding',
  'broken-check',
  'lost-check',
] as const;
export type Garbage = (typeof garbages)[number];

/** One disturbance. It lasts as long as its line of the plan says; `count` things are spread over that time. */
export type Fault =
  | { readonly kind: 'kill'; readonly target: FunctionName | typeof streamReader; readonly count: number }
  /** Every invocation is throttled. */
  | { readonly kind: 'pause'; readonly target: FunctionName | typeof streamReader }
  | {
      readonly kind: 'aws';
      readonly service: (typeof services)[number];
      readonly manner: (typeof manners)[number];
      /** Of its calls. */
      readonly share: number;
      /** Real time; of the manner `delay` alone. */
      readonly delayMs: number;
    }
  | { readonly kind: 'stop'; readonly part: (typeof parts)[number] }
  /** Messages that nobody signed, straight on the queue. */
  | { readonly kind: 'garbage'; readonly garbage: Garbage; readonly count: number }
  | { readonly kind: 'wrong-secret' }
  | { readonly kind: 'clock'; readonly jumpMs: number }
  | { readonly kind: 'x-outage'; readonly mode: OutageMode }
  /** Of X's activity stream; `refuse`: with this status. */
  | { readonly kind: 'stream'; readonly trouble: StreamTrouble; readonly status: number }
  /** Who asks for a replay that no gap needs. */
  | { readonly kind: 'replay'; readonly by: 'person-at-x' | 'operator'; readonly backMs: number }
  /** What becomes of the next job that X is asked for. */
  | { readonly kind: 'next-job'; readonly script: ReplayScript }
  | { readonly kind: 'forgeries'; readonly forgery: Forgery; readonly count: number }
  /** Somebody sends genuine deliveries again. */
  | { readonly kind: 'repeats'; readonly count: number }
  /** Bodies that X signs and nobody knows, or that are too large for the queue or the table. */
  | { readonly kind: 'oddities'; readonly oddity: Oddity; readonly count: number };

export type FaultOf<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>;

/** `ReceiveWebhook is killed 3 times`. */
export function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case 'kill':
      return `${fault.target} killed ${fault.count} times`;
    case 'pause':
      return `${fault.target} throttled`;
    case 'aws': {
      const delay = fault.manner === 'delay' ? ` by ${fault.delayMs} ms` : '';
      return `${fault.service}: ${fault.manner}${delay}, ${Math.round(fault.share * 100)} % of the calls`;
    }
    case 'stop':
      return `${fault.part} stopped, and started again with its data`;
    case 'garbage':
      return `${fault.count} garbage messages on the queue: ${fault.garbage}`;
    case 'wrong-secret':
      return 'the secret is wrong, then right again';
    case 'clock':
      return `every clock ${fault.jumpMs > 0 ? 'leaps ahead' : 'is set back'} ${Math.abs(fault.jumpMs) / 1000} s`;
    case 'x-outage':
      return `X: ${fault.mode}`;
    case 'stream': {
      const answer = fault.trouble.startsWith('refuse') ? ` with ${fault.status}` : '';
      return `X's activity stream: ${fault.trouble}${answer}`;
    }
    case 'replay':
      return `${fault.by} has the last ${Math.round(fault.backMs / 60_000)} minutes replayed`;
    case 'next-job':
      return `X's next replay job: ${fault.script.behaviour}`;
    case 'forgeries':
      return `${fault.count} forged requests: ${fault.forgery}`;
    case 'repeats':
      return `${fault.count} genuine deliveries sent again by a stranger`;
    case 'oddities':
      return `${fault.count} odd bodies, signed by X: ${fault.oddity}`;
  }
}

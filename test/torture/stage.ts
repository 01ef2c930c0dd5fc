import type { SQSClient } from '@aws-sdk/client-sqs';
import type { LocalStack } from '../../local/stack.ts';
import type { StackReaders } from '../../local/stack-readers.ts';
import type { XEmulator } from '../../local/x-emulator/index.ts';
import type { Random } from '../../local/x-emulator/random.ts';
import type { StackOutputs } from '../../shared/aws/stack-outputs.ts';
import type { StreamLease } from '../../shared/stream-ports.ts';

/** What the faults act on. */
export interface Stage {
  readonly stack: LocalStack;
  readonly x: XEmulator;
  readonly readers: StackReaders;
  readonly names: StackOutputs;
  /** With the activity stream: who reads it. */
  readonly lease?: StreamLease;
  readonly webhookId: string;
  /** Of the app; `right` is what X signs with. */
  readonly secret: { readonly arn: string; readonly right: string };
  /** Past the fault proxies. */
  readonly sqs: SQSClient;
  readonly account: Account;
  /** One line of the diary that is kept beside the functions' logs. */
  say(line: string): void;
}

/** What was put in by hand, and how it was answered. */
export interface Account {
  /** Ids of the garbage messages on the queue. */
  readonly garbage: Set<string>;
  /** How often each status came to a forged POST; 0: no answer. */
  readonly forged: Map<number, number>;
  /** Deliveries that a stranger sent again. */
  repeats: number;
}

/** `random`: of this line alone, so that what it draws hangs on nothing that goes on at the same time. */
export interface Performance {
  readonly stage: Stage;
  readonly random: Random;
  /** Real time. */
  readonly forMs: number;
  /** The faults are over. */
  readonly signal: AbortSignal;
}

import { setTimeout as pause } from 'node:timers/promises';
import { AdjustableClock } from '../../local/clock/adjustable-clock.ts';
import { acceleratedFrom } from '../../local/clock/clock-state.ts';
import { sdkConfig } from '../../local/sdk-config.ts';
import type { LocalStack, LocalStackOptions } from '../../local/stack.ts';
import { parseStackOutputs, type StackOutputs } from '../../shared/aws/stack-outputs.ts';
import { createReader, type ListedEvent, type Reader } from '../../shared/index.ts';
import type { SignatureScheme } from '../../shared/ports.ts';
import { sign, signatureHeaders } from '../../shared/x/signature.ts';
import { signing, startTestStack } from './local-stack.ts';

export interface RunningStack extends LocalStack {
  readonly names: StackOutputs;
  readonly reader: Reader;
  /** Signs a body as X would and delivers it. Resolves with the receiver's status. */
  post(body: string | Uint8Array, options?: { readonly scheme?: SignatureScheme }): Promise<number>;
  /** Resolves when the deliveries queue is empty: the recorder has had, and finished, everything. */
  drained(): Promise<void>;
  stored(): Promise<readonly ListedEvent[]>;
}

export interface TestStackOptions extends Partial<LocalStackOptions> {
  /** Registers the webhook with X and subscribes accounts. */
  readonly connected?: boolean;
  /** Of the local clock, for retries and visibility timeouts. */
  readonly speed?: number;
}

/** A test's stack with what most of its tests do: deliver, wait, and read what is stored. */
export async function startRunningStack(options: TestStackOptions = {}): Promise<RunningStack> {
  const { speed, ...rest } = options;
  const clock = speed === undefined ? {} : { clock: new AdjustableClock(acceleratedFrom(Date.now(), speed)) };
  const stack = await startTestStack({ ...clock, ...rest });
  const outputs = parseStackOutputs(stack.outputs, 'The test stack');
  const reader = createReader({
    eventsTable: outputs.eventsTable,
    carriedPostsTable: outputs.carriedPostsTable,
    ledgerTable: outputs.ledgerTable,
    bodiesBucket: outputs.bodiesBucket,
    clients: { dynamodb: sdkConfig(stack.endpoints.dynamodb), s3: sdkConfig(stack.endpoints.s3) },
  });
  return {
    ...stack,
    names: outputs,
    reader,
    async post(body, { scheme = 'oauth2' } = {}) {
      const bytes = Buffer.from(body);
      const secret = scheme === 'oauth2' ? signing.clientSecret : signing.consumerSecret;
      const response = await fetch(stack.webhookUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [signatureHeaders[scheme]]: sign(secret, bytes) },
        body: bytes,
      });
      await response.arrayBuffer();
      return response.status;
    },
    async drained() {
      for (;;) {
        const { waiting, inFlight } = await stack.queueDepth(outputs.deliveriesQueueUrl);
        if (waiting + inFlight === 0) return;
        await pause(50);
      }
    },
    stored: () => Array.fromAsync(reader.events.between()),
    async close() {
      reader.close();
      await stack.close();
    },
  };
}

import { once } from 'node:events';
import type { SQSEvent } from 'aws-lambda';
import { handler } from '../../../functions/record-events/index.ts';
import { contextWith } from './sqs-event.ts';

// The function as Lambda runs it, in a process of its own: answers the batch of its first message.
const [batch]: readonly SQSEvent[] = await once(process, 'message');
if (batch !== undefined) process.send?.(await handler(batch, contextWith(60_000)));
process.disconnect();

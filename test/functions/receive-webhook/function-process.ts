import { once } from 'node:events';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { handler } from '../../../functions/receive-webhook/index.ts';
import { context } from './http-event.ts';

// The function as Lambda runs it, in a process of its own: answers the events of its first message, one after the other.
const [events]: readonly (readonly APIGatewayProxyEventV2[])[] = await once(process, 'message');
for (const event of events ?? []) process.send?.(await handler(event, context));
process.disconnect();

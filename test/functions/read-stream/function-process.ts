import { handler } from '../../../functions/read-stream/index.ts';
import { context } from '../receive-webhook/http-event.ts';

// The function as Lambda runs it, in a process of its own: one tick, which reads until it is killed.
const awsRequestId = `invocation-${process.pid}`;
await handler({ app: 'default' }, { ...context, awsRequestId, getRemainingTimeInMillis: () => 900_000 });
// The clock's channel to the parent would keep it alive.
process.exit(0);

import { handler } from '../../../functions/watch-gaps/index.ts';
import { context } from '../receive-webhook/http-event.ts';

// The function as Lambda runs it, in a process of its own: one tick.
await handler({}, context);

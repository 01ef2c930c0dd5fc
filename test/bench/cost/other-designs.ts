import { prices, sqsRequests } from '../support/aws-prices.ts';
import { type Bill, invocation, logging } from './bill.ts';
import { unitsOf } from './write-units.ts';

const million = 1_000_000;
/** Keys and a few attributes beside the body. */
const attributeBytes = 150;
/** Lambda's own START, END and REPORT lines and one line of the function's. */
const chatter = { lines: 4, bytes: 1_000 };

/**
 * What one builds first: REST API, a function, a queue read one by one, Powertools' idempotency table (two writes), the raw
 * body as an item and an index with all of it. A post that is carried is not found again, so nothing is paid for that.
 */
export function naiveDesign(bodyBytes: number): Bill {
  const item = unitsOf(bodyBytes + attributeBytes);
  const run = (milliseconds: number) => invocation({ memoryMb: 512, milliseconds, architecture: 'x86_64' });
  return {
    front: million * prices.restApiRequest,
    functions: million * (run(40) + run(60)),
    queue: million * 3 * sqsRequests(bodyBytes) * prices.sqsRequest,
    event: million * (2 + item) * prices.writeUnit,
    indexes: million * item * prices.writeUnit,
    references: 0,
    ledger: 0,
    S3: 0,
    logs: million * logging(chatter),
  };
}

/**
 * github.com/aws-samples/webhooks (commit 5b51e7a, 2025-01-15): HTTP API, a function of 128 MB, one S3 object for each body,
 * a small item with an index of all of it, and a Pipe from the table's stream to the consumer, which is not counted.
 */
export function awsSample(): Bill {
  return {
    front: million * prices.httpApiRequest,
    functions: million * invocation({ memoryMb: 128, milliseconds: 50, architecture: 'arm64' }),
    queue: million * prices.pipesRequest,
    event: million * prices.writeUnit,
    indexes: million * prices.writeUnit,
    references: 0,
    ledger: 0,
    S3: million * prices.s3Put,
    logs: million * logging(chatter),
  };
}

import { createSqsClient } from '../../shared/aws/clients/sqs.ts';
import { createDeadLetters } from '../../shared/aws/dead-letters.ts';
import type { DeadLetters } from '../../shared/ports.ts';

/** The entry of a chunk of its own, with SQS's client: a record that is given up is rare. */
export function openDeadLetterQueue(queueUrl: string): DeadLetters {
  return createDeadLetters(createSqsClient(), queueUrl);
}

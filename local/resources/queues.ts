import { CreateQueueCommand, SetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { queueUrl } from '../sqs-s3.ts';
import type { QueueSpec } from '../template/data-resources.ts';

/** Creates the queues that are not there, and gives all of them the attributes of the template. */
export async function createQueues(client: SQSClient, endpoint: string, queues: readonly QueueSpec[]): Promise<void> {
  await Promise.all(queues.map(({ name }) => client.send(new CreateQueueCommand({ QueueName: name }))));
  // Afterwards: a redrive policy names a queue that must be there, and a kept queue may have older attributes.
  await Promise.all(
    queues.map(({ name, attributes }) => {
      const Attributes = { ...attributes };
      return client.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl(endpoint, name), Attributes }));
    }),
  );
}

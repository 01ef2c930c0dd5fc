import { join } from 'node:path';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { endpointVariables } from '../../../local/embedded-aws.ts';
import { FunctionRunner } from '../../../local/lambda/function-runner.ts';
import { sdkConfig } from '../../../local/sdk-config.ts';
import { queueUrl } from '../../../local/sqs-s3.ts';
import type { LocalStack } from '../../../local/stack.ts';
import { startHttpApi } from '../../../local/triggers/http-api.ts';
import { createSqsClient } from '../../../shared/aws/clients/sqs.ts';
import { bundleFloors } from '../support/floors.ts';
import type { Parts } from '../support/with-parts.ts';

/**
 * The first ceiling: a front and a Runtime API of the same kind as the stack's, the same SQS and as many processes, but
 * the function only sends one message, to a queue that nobody reads. Resolves with its URL.
 */
export async function startOnlySending(parts: Parts, { endpoints, clock, functions }: LocalStack): Promise<string> {
  const dir = await parts.directory();
  const sender = (await bundleFloors(dir)).get('smallest-sender');
  if (sender === undefined) throw new Error('There is no smallest sender.');
  const sqs = createSqsClient(sdkConfig(endpoints.sqs));
  await sqs.send(new CreateQueueCommand({ QueueName: 'only-sending' }));
  sqs.destroy();

  const { spec } = functions.named('ReceiveWebhook');
  const runner = parts.own(
    new FunctionRunner({
      spec: { ...spec, codeDir: sender.dir, environment: { QUEUE_URL: queueUrl(endpoints.sqs, 'only-sending') } },
      clock,
      logFile: join(dir, 'only-sending.log'),
      extraEnvironment: endpointVariables(endpoints),
    }),
  );
  const api = parts.own(await startHttpApi(0, clock));
  const route = { routeKey: 'ANY /webhooks/x', apiId: 'only-sending', functionName: spec.name, timeoutMs: 30_000 };
  api.serve([{ door: 'http-api', ...route }], new Map([[spec.name, runner]]));
  return `${api.url}/webhooks/x`;
}

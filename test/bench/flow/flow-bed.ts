import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { synthesize } from '../../../infra/synthesize.ts';
import { createTables } from '../../../local/resources/tables.ts';
import { sdkConfig } from '../../../local/sdk-config.ts';
import { type LocalStack, startLocalStack } from '../../../local/stack.ts';
import { readTemplate, type Template } from '../../../local/template/read-template.ts';
import { interpretTemplate } from '../../../local/template.ts';
import { createDynamoDbClient } from '../../../shared/aws/clients/dynamodb.ts';
import { parseStackOutputs } from '../../../shared/aws/stack-outputs.ts';
import { member } from '../../../shared/domain/json.ts';
import { type Child, startChild } from '../support/child.ts';
import type { Parts } from '../support/with-parts.ts';
import { type FlowSettings, readFlowSettings } from './aws-sum.ts';
import type { PutOrder, PutResult } from './conditional-puts.ts';
import type { Delivered, GeneratorOrder } from './generator.ts';
import { startOnlySending } from './only-sending.ts';
import { createStoredTimes, type StoredTimes } from './stored-times.ts';

export interface FlowBed {
  readonly stack: LocalStack;
  readonly onlySendingUrl: string;
  readonly generator: Child<GeneratorOrder, readonly Delivered[]>;
  readonly puts: Child<PutOrder, PutResult>;
  readonly storedTimes: StoredTimes;
  /** What the template sets, for the sum. */
  readonly settings: FlowSettings;
  /** Items of the events table. */
  countStored(): Promise<number>;
}

const signing = { consumerSecret: 'bench-consumer-secret', clientSecret: 'bench-client-secret' };

/** The local stack with nobody else on it, what sends to it, and the two ceilings beside it. */
export async function startFlowBed(parts: Parts): Promise<FlowBed> {
  const dir = await parts.directory();
  const storedTimes = createStoredTimes('RecordEvents');
  const location = await synthesize({ outDir: join(dir, 'cdk.out'), bundleDir: join(dir, 'functions') });
  const stack = parts.own(
    await startLocalStack({
      synthesize: async () => location,
      signing,
      x: { port: 0, bearerToken: 'bench-bearer-token' },
      onInvoked: storedTimes.note,
    }),
  );
  const { eventsTable } = parseStackOutputs(stack.outputs, 'The local stack');
  const client = createDynamoDbClient(sdkConfig(stack.endpoints.dynamodb));
  parts.own({ close: async () => client.destroy() });
  const places = { sqsEndpoint: stack.endpoints.sqs, apiUrl: stack.webhookUrl, secretArn: (name: string) => name };
  const template = await readTemplate(location);
  const model = interpretTemplate(template, places);
  const copy = model.tables
    .filter(({ name }) => name === eventsTable)
    .map((table) => ({ ...table, name: 'conditional-puts' }));
  await createTables(client, copy);

  const aws = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: stack.endpoints.dynamodb,
  };
  const file = (name: string) => join(import.meta.dirname, name);
  return {
    stack,
    storedTimes,
    settings: readFlowSettings(model, throttleOf(template)),
    onlySendingUrl: await startOnlySending(parts, stack),
    generator: parts.own(await startChild(file('generator.ts'), [signing.clientSecret])),
    puts: parts.own(await startChild(file('conditional-puts.ts'), ['conditional-puts'], aws)),
    async countStored() {
      let count = 0;
      let from = {};
      do {
        const page = await client.send(new ScanCommand({ TableName: eventsTable, Select: 'COUNT', ...from }));
        count += page.Count ?? 0;
        from = page.LastEvaluatedKey === undefined ? {} : { ExclusiveStartKey: page.LastEvaluatedKey };
      } while ('ExclusiveStartKey' in from);
      return count;
    },
  };
}

/** Of the stage; the local front plays no throttle. */
function throttleOf({ resources }: Template): number {
  const stage = resources.find(({ type }) => type === 'AWS::ApiGatewayV2::Stage');
  return Number(member(stage?.properties, 'DefaultRouteSettings', 'ThrottlingRateLimit'));
}

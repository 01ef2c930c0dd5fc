import type { ValidationHold } from '../../shared/aws/validation-hold.ts';
import type { Target } from '../target/target.ts';

/** Keeps everybody from making X check the app's webhook. */
export async function openValidationHold(target: Target, app: string): Promise<ValidationHold> {
  const [{ createDynamoDbClient }, { createValidationHold }] = await Promise.all([
    import('../../shared/aws/clients/dynamodb.ts'),
    import('../../shared/aws/validation-hold.ts'),
  ]);
  const { clients, outputs, clock } = target;
  return createValidationHold({
    client: createDynamoDbClient(clients.dynamodb),
    ledgerTable: outputs.ledgerTable,
    app,
    clock,
  });
}

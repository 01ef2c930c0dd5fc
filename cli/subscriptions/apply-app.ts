import { applySubscriptions } from '../../shared/use-cases/subscriptions/apply.ts';
import { isAsWanted, type Result } from '../../shared/use-cases/subscriptions/result.ts';
import type { Terminal } from '../framework/terminal.ts';
import { plainJson, plainText } from '../output/plain-text.ts';
import type { Target } from '../target/target.ts';
import { type Commands, outcomeAdvice } from './advice.ts';
import type { AppAtX } from './open-app.ts';
import { type AppPlan, changesOf } from './plan-app.ts';
import { stepFields } from './step-fields.ts';

/** Does the plan and shows each step as it is done. Returns how many came to another end than wanted. */
export async function applyApp(
  target: Target,
  atX: AppAtX,
  appPlan: AppPlan,
  json: boolean,
  terminal: Terminal,
): Promise<number> {
  const { api, clock } = atX;
  const { app, plan, wantedKeys } = appPlan;
  const [{ createDynamoDbClient }, { createWantedStore }] = await Promise.all([
    import('../../shared/aws/clients/dynamodb.ts'),
    import('../../shared/aws/wanted-subscriptions.ts'),
  ]);
  const client = createDynamoDbClient(target.clients.dynamodb);
  const wanted = createWantedStore(client, target.outputs.ledgerTable);
  const total = changesOf(appPlan);
  let shown = 0;
  const report = (result: Result) => {
    shown += 1;
    return terminal.print(json ? resultJson(result, atX) : resultLine(result, `${shown}/${total}`, atX, terminal));
  };
  try {
    const results = await applySubscriptions(app, plan, wantedKeys, { api, wanted, clock, report });
    return results.filter((result) => !isAsWanted(result)).length;
  } finally {
    client.destroy();
  }
}

const pastTense = { create: 'created', update: 'changed', delete: 'deleted' } as const;

function resultLine(result: Result, progress: string, commands: Commands, terminal: Terminal): string {
  const { step, outcome } = result;
  const key = plainText(step.key);
  if (!isAsWanted(result)) {
    const failed = outcome.kind === 'held-back' ? 'kept' : `not ${pastTense[step.action]}`;
    return `  ${progress} ${terminal.style('red', failed)} ${key}: ${outcomeAdvice(step, outcome, commands)}`;
  }
  const before = outcome.kind === 'already' ? (step.action === 'create' ? ', was there' : ', was gone') : '';
  return `  ${progress} ${terminal.style('green', pastTense[step.action])} ${key}${before}`;
}

function resultJson({ step, outcome }: Result, atX: AppAtX): string {
  const { app } = atX;
  const advice = outcomeAdvice(step, outcome, atX);
  const line = { action: step.action, app, ...stepFields(step), outcome: outcome.kind, ...(advice && { advice }) };
  return plainJson(JSON.stringify(line));
}

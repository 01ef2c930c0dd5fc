import { isReplacedBy, type Plan } from '../../domain/subscriptions/steps.ts';
import type { WantedStore } from '../../subscription-ports.ts';
import { isAsWanted, isFull, type Result } from './result.ts';
import { createStepRunner, type StepRunnerDeps } from './run-steps.ts';

export interface ApplyDeps extends StepRunnerDeps {
  readonly wanted: WantedStore;
}

/**
 * Does what the plan says. Every change lies with X at once, so a run that was interrupted is resumed by planning anew.
 * What replaces another is created before the other goes; where it could not be, the other stays. Returns what each step
 * came to. `wantedKeys` is what the file asks for, done or not: the watcher tells of what stays missing.
 */
export async function applySubscriptions(
  app: string,
  plan: Plan,
  wantedKeys: readonly string[],
  { wanted, ...deps }: ApplyDeps,
): Promise<readonly Result[]> {
  const runner = createStepRunner(deps);
  if (plan.deletes.length > 0) await forgetUnwanted(app, wantedKeys, wanted);
  await runner.create(plan.creates);
  await runner.update(plan.updates);

  const failed = runner.results().filter((result) => !isAsWanted(result) && !isFull(result));
  const uncreated = failed.flatMap(({ step }) => (step.action === 'create' ? [step] : []));
  const isHeld = (step: Plan['deletes'][number]) => uncreated.some((create) => isReplacedBy(step, create));
  for (const step of plan.deletes.filter(isHeld)) await runner.settle({ step, outcome: { kind: 'held-back' } });
  const removable = plan.deletes.filter((step) => !isHeld(step));
  await runner.remove(removable);

  // What X had no room for may fit now.
  const full = runner.results().filter(isFull);
  if (removable.length > 0) await runner.create(full.flatMap(({ step }) => (step.action === 'create' ? [step] : [])));
  await wanted.save(app, wantedKeys);
  return runner.results();
}

/** Before anything is deleted: what an interrupted run has deleted must not look missing to the watcher. */
async function forgetUnwanted(app: string, wantedKeys: readonly string[], store: WantedStore): Promise<void> {
  const before = await store.read(app);
  const asked = new Set(wantedKeys);
  const rest = before?.filter((key) => asked.has(key));
  if (rest !== undefined && rest.length !== before?.length) await store.save(app, rest);
}

import type { Step } from '../../shared/domain/subscriptions/steps.ts';

/** A step for programs. Tokens are named by whose they are, never shown. */
export function stepFields(step: Step) {
  const { auth } = step;
  const id = step.action === 'update' ? step.subscriptionId : step.action === 'delete' && step.activity?.subscriptionId;
  return {
    subscription: step.key,
    ...(id && { subscriptionId: id }),
    ...(step.action === 'update' && { change: step.change }),
    auth:
      auth.kind === 'app'
        ? { as: 'app' }
        : { as: 'account', account: auth.userId, scopes: auth.scopes, orApp: auth.orApp },
  };
}

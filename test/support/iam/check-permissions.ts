import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { NeededPermission } from '../../../local/iam/permission-record.ts';
import type { Grant } from './granted-permissions.ts';
import { type Reason, reasons } from './unseen-grants.ts';

const accountId = '000000000000';

export interface PermissionFindings {
  /** Calls that AWS would refuse. */
  readonly missing: readonly NeededPermission[];
  /** Grants that no call needed and no reason explains. */
  readonly unused: readonly Grant[];
  /** Reasons for what nobody grants. */
  readonly idleReasons: readonly Reason[];
}

/** Holds what the functions needed against what their roles allow, by IAM's own rules. */
export async function checkPermissions(
  needed: readonly NeededPermission[],
  granted: readonly Grant[],
): Promise<PermissionFindings> {
  const grantsOf = (functionId: string) => granted.filter((grant) => grant.functionId === functionId);
  const missing = await unless(needed, (permission) => allows(grantsOf(permission.functionId), permission));
  const seen = await unless(granted, async (grant) => {
    const own = needed.filter(({ functionId, action }) => functionId === grant.functionId && action === grant.action);
    const used = await Promise.all(own.map((permission) => allows([grant], permission)));
    return used.includes(true);
  });
  return {
    missing,
    unused: seen.filter((grant) => !reasons.some((reason) => explains(reason, grant))),
    idleReasons: reasons.filter((reason) => !granted.some((grant) => explains(reason, grant))),
  };
}

async function unless<T>(all: readonly T[], holds: (one: T) => Promise<boolean>): Promise<readonly T[]> {
  const verdicts = await Promise.all(all.map(holds));
  return all.filter((_, index) => !verdicts[index]);
}

const explains = ({ functions, action, resource }: Reason, grant: Grant): boolean =>
  grant.action === action &&
  functions.some((name) => grant.functionId.startsWith(name)) &&
  (resource === undefined || grant.resource.includes(resource));

/** Whether a role with these grants may do it. Throws what the simulator has against the request or the policy. */
async function allows(grants: readonly Grant[], { functionId, action, resource }: NeededPermission): Promise<boolean> {
  const statements = grants.map((grant) => ({
    Effect: 'Allow',
    Action: grant.action,
    Resource: grant.resource,
    ...(grant.condition !== undefined && { Condition: grant.condition }),
  }));
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:sts::${accountId}:assumed-role/${functionId}/${functionId}`,
        action,
        resource: { resource, accountId },
        contextVariables: {},
      },
      identityPolicies: [{ name: 'Permissions', policy: { Version: '2012-10-17', Statement: statements } }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (result.resultType === 'error') throw new Error(`${action} on ${resource}: ${JSON.stringify(result.errors)}`);
  return result.overallResult === 'Allowed';
}

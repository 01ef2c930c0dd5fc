import type { AwsCall } from '../embedded-aws.ts';
import { neededPermissions, type Permission } from './needed-permissions.ts';

/** A permission that a function needed, once however often. */
export interface NeededPermission extends Permission {
  /** Logical id of the function. */
  readonly functionId: string;
}

export interface PermissionRecord {
  onCall(call: AwsCall): void;
  needed(): readonly NeededPermission[];
}

/** Keeps what the functions of a local stack needed of their roles; its `onCall` belongs into the stack's options. */
export function createPermissionRecord(): PermissionRecord {
  const needed = new Map<string, NeededPermission>();
  return {
    onCall(call) {
      const functionId = callerOf(call);
      for (const permission of neededPermissions(call)) {
        const entry = { functionId, ...permission };
        needed.set(Object.values(entry).join(' '), entry);
      }
    },
    needed: () => [...needed.values()],
  };
}

/** Each function signs with a key id of its own, which stands in the header of the signature (SigV4). */
function callerOf({ headers }: AwsCall): string {
  return /Credential=([^/]+)\//.exec(String(headers.authorization))?.[1] ?? 'unsigned';
}

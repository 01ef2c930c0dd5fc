import { counted } from '../../output/counted.ts';
import { type AppPlan, changesOf } from '../../subscriptions/plan-app.ts';
import { fileOption } from '../../subscriptions/read-file.ts';
import type { CommandLine } from '../../target/command-line.ts';
import { type Finding, fail, ok, warn } from '../finding.ts';

/** X's subscriptions against the file. */
export function judgePlan(appPlan: AppPlan, file: string, command: CommandLine): Finding {
  const { plan, missingLogins } = appPlan;
  const { creates, updates, deletes, keeps } = plan;
  const next = command(`subscriptions apply${fileOption(file)}`);
  const [account] = missingLogins;
  if (creates.length > 0) {
    const waiting =
      account === undefined ? '' : `; ${counted(missingLogins.length, 'account has', 'accounts have')} to log in first`;
    return fail(
      `${creates.length} of ${file} ${creates.length === 1 ? 'is' : 'are'} missing at X${waiting}`,
      account === undefined ? next : account.command,
    );
  }
  if (changesOf(appPlan) > 0)
    return warn(`X has all of ${file}, with ${updates.length} to change and ${deletes.length} to delete`, next);
  if (keeps.length === 0) return warn(`${file} asks for nothing, so X delivers nothing`, next);
  return ok(`${keeps.length} as ${file} says`);
}

/** X's subscriptions on the webhook against what was last applied; `undefined`: nothing ever was. */
export function judgeApplied(
  wanted: readonly string[] | undefined,
  present: readonly string[],
  command: CommandLine,
): Finding {
  const there = new Set(present);
  if (wanted !== undefined && wanted.length > 0) {
    const missing = wanted.filter((key) => !there.has(key));
    if (missing.length === 0) return ok(`${wanted.length} as they were applied`);
    return fail(
      `${missing.length} of ${wanted.length} that were applied ${missing.length === 1 ? 'is' : 'are'} missing at X: ${missing.slice(0, 3).join(', ')}`,
      command('subscriptions apply'),
    );
  }
  if (present.length > 0) return ok(`X has ${present.length}; no file says which are wanted`);
  return warn('X has none, so it delivers nothing; docs/subscriptions.md describes the file', command('setup'));
}

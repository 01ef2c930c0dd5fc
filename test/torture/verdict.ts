import type { PermissionRecord } from '../../local/iam/permission-record.ts';
import { type Comparison, compareSent } from '../../local/once/compare.ts';
import type { Gap } from '../../shared/domain/gaps/gap.ts';
import { checkPermissions } from '../support/iam/check-permissions.ts';
import { grantedPermissions } from '../support/iam/granted-permissions.ts';
import { type Balance, type Books, balance, type Check } from './books.ts';
import type { Healed } from './heal.ts';
import type { OpenStage } from './open-stage.ts';
import { readBooks, readCalm } from './read-books.ts';
import type { Testimony } from './witness.ts';

export interface Verdict extends Balance {
  readonly comparison: Comparison;
  readonly books: Books;
  readonly healed: Healed;
  /** Missing and unused ones, in words. */
  readonly permissions: readonly string[];
}

const ended = ({ state }: Gap) => state === 'healed';

/** Holds everything that was seen against everything else. */
export async function judge(
  stage: OpenStage,
  healed: Healed,
  startedAtMs: number,
  testimony: Testimony,
  record: PermissionRecord,
): Promise<Verdict> {
  const { x, stack, readers, account, template } = stage;
  const stored = await Array.fromAsync(readers.reader.events.between());
  const comparison = compareSent(x.sent.events.values(), stored);
  const books = await readBooks(stage, startedAtMs);
  const balanced = balance(books, testimony, account.garbage);
  const calm = await readCalm(stage, healed.calm);
  const granted = await grantedPermissions(template, stack);
  const { missing, unused } = await checkPermissions(record.needed(), granted);
  const zero = (name: string, left: number): Check => ({ name, left, right: 0 });
  return {
    ...balanced,
    comparison,
    books,
    healed,
    permissions: [
      ...missing.map(({ functionId, action, resource }) => `missing: ${functionId} ${action} ${resource}`),
      ...unused.map(({ functionId, action, resource }) => `unused: ${functionId} ${action} ${resource}`),
    ],
    checks: [
      zero('lost: sent by X and not in the table', comparison.lost),
      zero('twice or forged: in the table and not sent by X', comparison.duplicates),
      zero('forged requests answered with 200', account.forged.get(200) ?? 0),
      zero('gaps that did not end in time', healed.inTime ? 0 : healed.gaps.filter((gap) => !ended(gap)).length + 1),
      zero(
        'gaps that ended lost or unproven',
        healed.gaps.filter(({ state }) => state === 'lost' || state === 'unproven').length,
      ),
      ...balanced.checks,
      { name: 'a calm time: accepted = recorded', left: calm.accepted ?? -1, right: calm.recorded },
      zero('permissions that functions lack', missing.length),
      zero('permissions that nothing needs and no reason explains', unused.length),
    ],
  };
}

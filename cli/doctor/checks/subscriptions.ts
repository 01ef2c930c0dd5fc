import { hasAccountActivity } from '../../../shared/domain/subscriptions/keys.ts';
import { keysOnWebhook } from '../../../shared/domain/subscriptions/present.ts';
import { failureAdvice } from '../../subscriptions/advice.ts';
import { openAppAtX } from '../../subscriptions/open-app.ts';
import { planApp } from '../../subscriptions/plan-app.ts';
import { findDefaultFile, readSubscriptionsFile } from '../../subscriptions/read-file.ts';
import { readWanted } from '../../subscriptions/read-wanted.ts';
import { type Finding, fail } from '../finding.ts';
import type { Site } from '../site.ts';
import { judgeApplied, judgePlan } from '../verdicts/subscriptions.ts';

/** By the file where it names the app, else by what was last applied. */
export async function lookAtSubscriptions({ target, app, file: given, terminal, command }: Site): Promise<Finding> {
  const file = given ?? (await findDefaultFile(terminal.directory));
  const named = file === undefined ? undefined : (await readSubscriptionsFile(file, terminal)).get(app);
  const byFile = named ?? (given === undefined ? undefined : []);
  const atX = await openAppAtX(target, app, terminal, file);
  if (file !== undefined && byFile !== undefined) return judgePlan(await planApp(atX, byFile), file, command);
  const wanted = await readWanted(target, app);
  const present = await atX.api.present(hasAccountActivity(wanted ?? []));
  if (!present.ok) return fail(`X does not list them: ${failureAdvice(present.failure, atX)}`);
  return judgeApplied(wanted, keysOnWebhook(present.value, atX.home.webhookId), command);
}

import { GaplessError } from '../../../shared/errors.ts';
import { wantedScopes } from '../../credentials/wanted-scopes.ts';
import { confirm } from '../../framework/confirm.ts';
import { counted } from '../../output/counted.ts';
import { applyApp } from '../../subscriptions/apply-app.ts';
import { type AppAtX, openAppAtX } from '../../subscriptions/open-app.ts';
import { type AppPlan, changesOf, planApp } from '../../subscriptions/plan-app.ts';
import { planLines } from '../../subscriptions/plan-lines.ts';
import { readSubscriptionsFile } from '../../subscriptions/read-file.ts';
import { readWanted } from '../../subscriptions/read-wanted.ts';
import { type Setup, type Step, there } from '../setup.ts';
import { logIn } from './log-in.ts';
import { isThere } from './subscriptions-file.ts';

export const loginsStep: Step = {
  name: 'logins',
  async look(setup) {
    const planned = await plan(setup);
    const accounts = (planned?.appPlan.missingLogins ?? []).map(({ account }) => account);
    if (planned === undefined || accounts.length === 0) return there('no account has to log in');
    return {
      kind: 'todo',
      would: `have ${counted(accounts.length, 'account')} log in: ${accounts.join(', ')}`,
      async act() {
        for (const account of accounts) await logIn(setup, await loginFor(account, planned.appPlan, setup));
        return `logged in ${accounts.join(', ')}`;
      },
    };
  },
};

export const subscriptionsStep: Step = {
  name: 'subscriptions',
  async look(setup) {
    const planned = await plan(setup);
    if (planned === undefined) return there('no file says what is wanted');
    const { appPlan } = planned;
    const { plan: steps, app } = appPlan;
    const changes = changesOf(appPlan);
    if (changes === 0 && (await isRemembered(setup, appPlan))) return there(`${steps.keeps.length} as wanted`);
    return {
      kind: 'todo',
      would: `create ${steps.creates.length}, change ${steps.updates.length}, delete ${steps.deletes.length}, and tell the watcher what is wanted`,
      async act() {
        for (const line of planLines(appPlan, setup.terminal)) await setup.terminal.print(line);
        if (changes > 0 && !setup.yes)
          await confirm(`Change ${counted(changes, 'subscription')} of app ${app}?`, setup.terminal);
        await apply(setup, planned);
        return `${changes} changed, ${steps.keeps.length} were as wanted`;
      },
    };
  },
};

interface Planned {
  readonly atX: AppAtX;
  readonly appPlan: AppPlan;
}

/** `undefined`: no file says what is wanted. */
async function plan(setup: Setup): Promise<Planned | undefined> {
  const { target, app, file, terminal } = setup;
  if (!(await isThere(setup))) return undefined;
  const wanted = (await readSubscriptionsFile(file, terminal)).get(app);
  // As `gapless subscriptions apply`: an app that the file does not name is left alone.
  if (wanted === undefined) return undefined;
  const atX = await openAppAtX(target, app, terminal, file);
  return { atX, appPlan: await planApp(atX, wanted) };
}

async function loginFor(account: string, { app, plan: { creates } }: AppPlan, { file, terminal }: Setup) {
  const scopes = await wantedScopes(file, { app, account }, terminal);
  const isForAccountActivity = creates.every(
    ({ auth }) => auth.kind !== 'account' || auth.userId !== account || auth.first === 'oauth1',
  );
  return { account, scopes, ...(isForAccountActivity ? { scheme: 'oauth1' as const } : {}) };
}

/** Whether the watcher knows what is wanted. */
async function isRemembered({ target, app }: Setup, { wantedKeys }: AppPlan): Promise<boolean> {
  const known = await readWanted(target, app);
  return known !== undefined && known.toSorted().join('\n') === wantedKeys.toSorted().join('\n');
}

async function apply({ target, terminal, command }: Setup, { atX, appPlan }: Planned): Promise<void> {
  const unfinished = await applyApp(target, atX, appPlan, false, terminal);
  if (unfinished === 0) return;
  throw new GaplessError(
    'X_REFUSED',
    `${counted(unfinished, 'subscription is', 'subscriptions are')} not as wanted; each line above says why and what to do. Run ${command('setup')} again after that: what is done stays done.`,
  );
}

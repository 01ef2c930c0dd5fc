import type { Use } from '../../shared/domain/subscriptions/limits.ts';
import { activityKey, type PresentActivity } from '../../shared/domain/subscriptions/present.ts';
import type { Fee } from '../../shared/domain/subscriptions/prices.ts';
import { pricesAsOf } from '../../shared/domain/subscriptions/prices.ts';
import { type Step, stepsOf } from '../../shared/domain/subscriptions/steps.ts';
import type { Style, Terminal } from '../framework/terminal.ts';
import { counted } from '../output/counted.ts';
import { plainText } from '../output/plain-text.ts';
import { type AppPlan, authText, changesOf, type MissingLogin } from './plan-app.ts';

const signs: Readonly<Record<Step['action'], readonly [sign: string, style: Style]>> = {
  create: ['+', 'green'],
  update: ['~', 'cyan'],
  delete: ['-', 'red'],
};

/** The plan of one app for people. */
export function planLines(appPlan: AppPlan, terminal: Terminal): readonly string[] {
  const { app, webhookId, plan, uses, fees, missingLogins } = appPlan;
  const { creates, updates, deletes, keeps, foreign } = plan;
  const counts = `${creates.length} to create, ${updates.length} to change, ${deletes.length} to delete, ${keeps.length} to keep`;
  const steps = stepsOf(plan);
  const width = Math.max(0, ...steps.map(({ key }) => key.length));
  return [
    `${terminal.style('bold', `app ${app}`)}, webhook ${webhookId}: ${changesOf(appPlan) === 0 ? `nothing to do, ${keeps.length} as wanted` : counts}`,
    ...steps.map((step) => stepLine(step, width, terminal)),
    ...foreignLines(foreign),
    ...missingLogins.flatMap(loginLines),
    ...uses.map(useLine),
    ...feeLines(fees, terminal),
  ];
}

function loginLines({ account, lacks, command }: MissingLogin): readonly string[] {
  const why = lacks.length === 0 ? 'has to log in first' : `has to log in again, to allow ${lacks.join(' ')}`;
  return [`  ! account ${account} ${why}`, `    → ${command}`];
}

function stepLine(step: Step, width: number, terminal: Terminal): string {
  const [sign, style] = signs[step.action];
  const what =
    step.action === 'update'
      ? `  new ${Object.keys(step.change)
          .map((name) => name.replace('Id', ''))
          .join(' and ')}`
      : '';
  return `  ${terminal.style(style, sign)} ${plainText(step.key).padEnd(width)}  by ${authText(step)}${what}`;
}

/** More of one place would hide the plan. */
const mostForeign = 3;

/** What is for others, by place; a few one by one. */
function foreignLines(foreign: readonly PresentActivity[]): readonly string[] {
  return [...Map.groupBy(foreign, ({ webhookId }) => place(webhookId))].flatMap(([where, some]) =>
    some.length > mostForeign
      ? [`  ! ${counted(some.length, 'subscription')} for ${where} stay as they are; subscriptions list shows them`]
      : some.map((activity) => `  ! ${plainText(activityKey(activity))}  is for ${where} and stays`),
  );
}

const place = (webhookId: string | undefined) => (webhookId === undefined ? 'the stream' : `webhook ${webhookId}`);

const productNames = { xaa: 'X Activity', aaa: 'Account Activity' } as const;

function useLine({ product, subscriptions, tier, most, fits }: Use): string {
  const many = most.toLocaleString('en-US');
  const limit = tier === 'granted by X' ? `${many} granted by X` : `${many} of tier ${tier ?? 'Partner'}`;
  const used = `${productNames[product]}: ${counted(subscriptions, 'subscription')}`;
  return fits ? `  ${used}, at most ${limit}` : `  ! ${used}, more than ${limit}`;
}

function feeLines(fees: readonly Fee[], terminal: Terminal): readonly string[] {
  if (fees.length === 0) return [];
  const width = Math.max(...fees.map(({ type }) => type.length));
  const head = `  X's fee per 1,000 delivered events (price list of ${pricesAsOf}; X may have changed it)`;
  return [
    terminal.style('dim', head),
    ...fees.map(
      ({ type, subscriptions, usdPerEvent }) =>
        `    ${type.padEnd(width)}  ${price(usdPerEvent).padStart(12)}  × ${subscriptions}`,
    ),
  ];
}

function price(usdPerEvent: number | undefined): string {
  if (usdPerEvent === undefined) return 'no price';
  return usdPerEvent === 0 ? 'not billed' : `$${(usdPerEvent * 1000).toFixed(2)}`;
}

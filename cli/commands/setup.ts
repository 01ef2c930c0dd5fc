import { parsePort } from '../arguments/port.ts';
import { defaultCallbackPort } from '../credentials/login.ts';
import { examine } from '../doctor/examine.ts';
import { reportFindings } from '../doctor/report-findings.ts';
import { appOption, dryRunOption } from '../framework/common-options.ts';
import { defineCommand } from '../framework/define-command.ts';
import { awaitArrival } from '../setup/await-arrival.ts';
import { foretellSteps, runSteps } from '../setup/run-steps.ts';
import type { Setup, Step } from '../setup/setup.ts';
import { secretsStep } from '../setup/steps/secrets.ts';
import { loginsStep, subscriptionsStep } from '../setup/steps/subscriptions.ts';
import { subscriptionsFileStep } from '../setup/steps/subscriptions-file.ts';
import { endpointStep, webhookStep } from '../setup/steps/webhook.ts';
import { defaultFile } from '../subscriptions/read-file.ts';
import { chooseApps } from '../target/choose-apps.ts';
import { commandLineOf } from '../target/command-line.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';

const steps: readonly Step[] = [
  secretsStep,
  endpointStep,
  webhookStep,
  subscriptionsFileStep,
  loginsStep,
  subscriptionsStep,
];

/** A new deployment, a new secret, a new DNS name: what is on its way is there within this time. */
const patienceMs = 60_000;
/** A receiver that has to start may miss X's three seconds once. */
const dryRunPatienceMs = 5_000;

export const setupCommand = defineCommand({
  name: 'setup',
  summary: 'go from a stack to flowing events, step by step',
  details: [
    'Stores the app’s keys, registers the webhook, writes a first subscriptions.json, lets accounts log in, subscribes, waits for the first event or heartbeat, and ends as gapless doctor does.',
    'Asks only for what is missing. Run again it goes on where it stopped, and changes nothing where everything is there.',
  ],
  options: {
    ...targetOptions,
    ...appOption,
    file: { type: 'string', value: 'FILE', summary: 'what is wanted (default: subscriptions.json)' },
    port: {
      type: 'string',
      value: 'PORT',
      summary: `where the browser comes back after a login (default: ${defaultCallbackPort})`,
    },
    'no-browser': { type: 'boolean', summary: 'only print the address of a login' },
    yes: { type: 'boolean', summary: 'do not ask before subscriptions are changed' },
    ...dryRunOption,
  },
  examples: [
    { line: 'gapless setup --local', effect: 'the stack that npm start runs' },
    { line: 'gapless setup --app brand --file brand.json', effect: 'another app of the deployed stack' },
  ],
  async run({ values }, terminal) {
    const { app = 'default', file = defaultFile, yes = false, 'dry-run': dryRun = false, local, stack } = values;
    const target = await resolveTarget(values, terminal);
    chooseApps(target, app);
    const setup: Setup = {
      target,
      app,
      file,
      yes,
      login: { port: parsePort(values.port, defaultCallbackPort), opensBrowser: values['no-browser'] !== true },
      patienceMs: dryRun ? dryRunPatienceMs : patienceMs,
      terminal,
      command: commandLineOf(target, app),
    };
    await terminal.print(`${target.name}, app ${app}`);
    if (dryRun) return foretellSteps(steps, setup);
    const changed = await runSteps(steps, setup);
    await terminal.print(await awaitArrival(setup));
    await terminal.print(changed === 0 ? 'Nothing was changed.' : `Steps done now: ${changed}.`);
    await terminal.print('');
    await reportFindings(
      await examine({ choice: { local, stack }, app, file: values.file }, terminal),
      false,
      terminal,
    );
  },
});

import { checkAtX } from '../credentials/check-at-x.ts';
import { keyLabels, keyNames, namesOf } from '../credentials/check-keys.ts';
import { openApiTokens, openAppSecrets } from '../credentials/open-stores.ts';
import { readKeys } from '../credentials/read-keys.ts';
import { fillSecrets, storeKeys } from '../credentials/store-keys.ts';
import { appOption, dryRunOption } from '../framework/common-options.ts';
import { defineCommand } from '../framework/define-command.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';

export const secretsSetCommand = defineCommand({
  name: 'secrets set',
  summary: 'store the keys of an X app in the stack',
  details: [
    'Reads X_CONSUMER_KEY, X_CONSUMER_SECRET, X_BEARER_TOKEN, X_CLIENT_ID, X_CLIENT_SECRET, X_ACCESS_TOKEN and X_ACCESS_TOKEN_SECRET from --file (.env lines or JSON; - is the input), else from the environment, else asks for them without showing them.',
    'X is asked whether they are right, and for the bearer token where it is missing. A secret that is already there is changed with gapless secrets rotate.',
  ],
  options: {
    ...targetOptions,
    ...appOption,
    file: { type: 'string', value: 'FILE', summary: 'read the keys from it; - reads the input' },
    ...dryRunOption,
  },
  examples: [
    { line: 'gapless secrets set', effect: 'asks for the keys' },
    { line: 'gapless secrets set --app brand --file brand.env', effect: 'another app’s, from a file' },
  ],
  async run({ values }, terminal) {
    const { app = 'default', file, 'dry-run': dryRun } = values;
    const target = await resolveTarget(values, terminal);
    const [secrets, tokens] = await Promise.all([openAppSecrets(target, app), openApiTokens(target, app)]);
    const given = await readKeys(file, keyNames, terminal);
    fillSecrets(await secrets.read(), given, target.clock.now());
    const keys = await checkAtX(target.xApiUrl, given, terminal.note);
    const names = namesOf(keys)
      .map((name) => keyLabels[name])
      .join(', ');
    if (dryRun) {
      await terminal.print(`would store for app ${app}: ${names}`);
      return;
    }
    await storeKeys(keys, { secrets, tokens }, target.clock.now());
    await terminal.print(`stored for app ${app}: ${names}`);
  },
});

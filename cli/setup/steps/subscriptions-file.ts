import { access, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { scopesByAccount } from '../../../shared/domain/subscriptions/auth.ts';
import { parseSubscriptionsFile } from '../../../shared/domain/subscriptions/parse-file.ts';
import { keysOnWebhook } from '../../../shared/domain/subscriptions/present.ts';
import { readOperatorCredentials } from '../../credentials/operator-credentials.ts';
import { loginScopes } from '../../credentials/wanted-scopes.ts';
import { counted } from '../../output/counted.ts';
import { openAppAtX } from '../../subscriptions/open-app.ts';
import { readSubscriptionsFile } from '../../subscriptions/read-file.ts';
import { type Setup, type Step, there } from '../setup.ts';
import { starterFamilies, starterFile } from '../starter-file.ts';
import { logIn } from './log-in.ts';

export const subscriptionsFileStep: Step = {
  name: 'file',
  async look(setup) {
    const { file, app, terminal } = setup;
    if (await isThere(setup)) {
      const wanted = (await readSubscriptionsFile(file, terminal)).get(app) ?? [];
      return there(`${file} asks for ${counted(wanted.length, 'subscription')} of app ${app}`);
    }
    const present = await countPresent(setup);
    if (present > 0)
      return there(`there is no ${file}; X has ${counted(present, 'subscription')} already, and nothing is changed`);
    return {
      kind: 'todo',
      would: `write ${file}, which asks for ${starterFamilies.join(' and ')} of an account that has logged in or logs in now`,
      async act() {
        const account = await chooseAccount(setup);
        await writeFile(pathOf(setup), starterFile(account, app), { flag: 'wx' });
        return `wrote ${file}: ${starterFamilies.join(' and ')} of account ${account}; change it as you like`;
      },
    };
  },
};

/** False: no file says what is wanted. */
export function isThere(setup: Setup): Promise<boolean> {
  return access(pathOf(setup)).then(
    () => true,
    () => false,
  );
}

const pathOf = ({ terminal, file }: Setup) => resolve(terminal.directory, file);

async function countPresent({ target, app, terminal }: Setup): Promise<number> {
  const { api, home } = await openAppAtX(target, app, terminal);
  const present = await api.present(false);
  // X says why it does not list them once they are to be planned.
  return present.ok ? keysOnWebhook(present.value, home.webhookId).length : 0;
}

/** The account that has logged in, the app's owner for instance, else whoever does now. */
async function chooseAccount(setup: Setup): Promise<string> {
  const { target, app, terminal } = setup;
  const { users } = await readOperatorCredentials(target, app, terminal.env);
  const [known] = Object.keys(users).toSorted();
  return known ?? logIn(setup, { scopes: loginScopes(starterScopes(app)) });
}

function starterScopes(app: string): readonly string[] {
  const reading = parseSubscriptionsFile(starterFile('1', app));
  const wanted = reading.kind === 'wanted' ? (reading.byApp.get(app) ?? []) : [];
  return scopesByAccount(wanted).get('1') ?? [];
}

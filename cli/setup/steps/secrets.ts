import { GaplessError } from '../../../shared/errors.ts';
import { type AppKeyName, type AppKeys, appKeyNames } from '../../../shared/x/api-tokens.ts';
import { type AppSecrets, crcKey } from '../../../shared/x/app-secrets.ts';
import { checkAtX } from '../../credentials/check-at-x.ts';
import { keyLabels, namesOf } from '../../credentials/check-keys.ts';
import { openApiTokens, openAppSecrets } from '../../credentials/open-stores.ts';
import { readKeys } from '../../credentials/read-keys.ts';
import { fillSecrets, storeKeys } from '../../credentials/store-keys.ts';
import { type Setup, type Step, there } from '../setup.ts';

/** What proves deliveries, and what speaks to X. */
export const secretsStep: Step = {
  name: 'secrets',
  async look(setup) {
    const { target, app } = setup;
    const [secrets, tokens] = await Promise.all([openAppSecrets(target, app), openApiTokens(target, app)]);
    const [known, { keys }] = await Promise.all([secrets.read(), tokens.read()]);
    const missing = missingKeys(known, keys, target.clock.now());
    if (missing.length === 0) return there('the stack has what proves deliveries and a bearer token');
    return {
      kind: 'todo',
      would: `store, of what it lacks, what the environment or you can tell: ${labelled(missing)}`,
      act: () => storeMissing(setup, missing),
    };
  },
};

/** Nothing where deliveries can be proven and X can be spoken to, else every key that is not stored. */
function missingKeys(secrets: AppSecrets, keys: AppKeys, nowMs: number): readonly AppKeyName[] {
  if (crcKey(secrets, nowMs) !== undefined && keys.bearerToken !== undefined) return [];
  return appKeyNames.filter((name) => keys[name] === undefined);
}

/**
 * Asks for keys that the stack lacks, or takes them from the environment, has X check them, and stores them.
 * Throws as `gapless secrets set`, and `CREDENTIALS_MALFORMED` where nothing could prove a delivery afterwards.
 */
export async function storeMissing({ target, app, terminal }: Setup, missing: readonly AppKeyName[]): Promise<string> {
  const [secrets, tokens] = await Promise.all([openAppSecrets(target, app), openApiTokens(target, app)]);
  const given = await readKeys(undefined, missing, terminal);
  const { keys } = await tokens.read();
  const nowMs = target.clock.now();
  if (crcKey(fillSecrets(await secrets.read(), given, nowMs), nowMs) === undefined) {
    throw new GaplessError(
      'CREDENTIALS_MALFORMED',
      'Nothing was stored: without the client secret or the consumer secret no delivery can be proven. Run it again with one of them.',
    );
  }
  const { bearerToken } = await checkAtX(target.xApiUrl, { ...keys, ...given }, terminal.note);
  const stored = { ...given, ...(bearerToken === undefined ? {} : { bearerToken }) };
  await storeKeys(stored, { secrets, tokens }, nowMs);
  return `stored ${labelled(namesOf(stored))}`;
}

const labelled = (names: readonly AppKeyName[]) => names.map((name) => keyLabels[name]).join(', ');

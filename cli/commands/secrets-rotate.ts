import { GaplessError } from '../../shared/errors.ts';
import type { AppKeyName, AppKeys } from '../../shared/x/api-tokens.ts';
import { entriesOf, type SecretKind } from '../../shared/x/secret-rotation.ts';
import { parseDuration } from '../arguments/duration.ts';
import { askAboutClient, askAboutConsumer } from '../credentials/check-at-x.ts';
import { openValidationHold } from '../credentials/open-hold.ts';
import { openApiTokens, openAppSecrets } from '../credentials/open-stores.ts';
import { readOperatorCredentials } from '../credentials/operator-credentials.ts';
import { proveRotation, settleMs } from '../credentials/prove-rotation.ts';
import { readKeys } from '../credentials/read-keys.ts';
import { putBack, rotateSecret } from '../credentials/rotate-secret.ts';
import { crcKind, kindOption, parseKind } from '../credentials/secret-kind.ts';
import { appOption, dryRunOption } from '../framework/common-options.ts';
import { defineCommand } from '../framework/define-command.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';
import { openWebhooks, webhookUrlOf } from '../webhook/x-access.ts';

const holdMs = 30 * 60_000;
const patienceMs = 60_000;

const wanted = {
  client: ['clientSecret'],
  consumer: ['consumerKey', 'consumerSecret'],
} as const satisfies Record<SecretKind, readonly AppKeyName[]>;

export const secretsRotateCommand = defineCommand({
  name: 'secrets rotate',
  summary: 'change a secret of an app without losing a delivery',
  details: [
    'Start it before you regenerate the secret in the developer portal: it holds back checks of the webhook, then asks for the new secret (or reads it as secrets set does), asks X whether it is right, and puts it in front of the old one, which proves deliveries until the overlap ends.',
    'Then it waits until X’s own check is answered with the new one and passes. X tries a refused delivery again for about four minutes, so what it signs with the new secret before it is stored is not lost.',
  ],
  options: {
    ...targetOptions,
    ...appOption,
    ...kindOption,
    overlap: { type: 'string', value: 'TIME', summary: 'how long the old one proves deliveries (default: 24h)' },
    file: { type: 'string', value: 'FILE', summary: 'read the new secret from it; - reads the input' },
    unchecked: { type: 'boolean', summary: 'go on though X does not take it; it answers no check then' },
    ...dryRunOption,
  },
  examples: [
    { line: 'gapless secrets rotate', effect: 'asks for the new secret when it is time' },
    { line: 'gapless secrets rotate --kind consumer --overlap 2h', effect: 'consumer key and secret' },
  ],
  async run({ values }, terminal) {
    const { app = 'default', overlap = '24h', file, unchecked = false, 'dry-run': dryRun } = values;
    const overlapMs = parseDuration(overlap, '--overlap');
    const target = await resolveTarget(values, terminal);
    const { clock, xApiUrl } = target;
    const [secrets, tokens, hold] = await Promise.all([
      openAppSecrets(target, app),
      openApiTokens(target, app),
      openValidationHold(target, app),
    ]);
    const before = await secrets.read();
    const kind = parseKind(values.kind, before, clock.now());
    if (entriesOf(before, kind).length === 0) {
      throw new GaplessError(
        'USAGE',
        `app ${app} has no ${kind} secret to rotate; gapless secrets set stores the first`,
      );
    }
    if (dryRun) {
      await terminal.print(
        `would hold back checks, then put a new ${kind} secret of app ${app} before the old one, which would end in ${overlap}`,
      );
      return;
    }
    await hold.begin(holdMs);
    terminal.note(`Checks of the webhook are held back. Regenerate the ${kind} secret in the developer portal now.`);
    let isSettled = true;
    try {
      const given = await readKeys(file, wanted[kind], terminal);
      const value = given[`${kind}Secret`];
      if (value === undefined) throw new GaplessError('USAGE', `there is no ${kind} secret among what was given`);
      const { keys } = await readOperatorCredentials(target, app, {});
      const { verdict, bearerToken } = await askAbout(kind, { ...keys, ...given }, xApiUrl);
      const place = await rotateSecret(secrets, { kind, value, overlapMs, verdict, unchecked }, clock);
      if (place === 'behind') {
        await terminal.print(
          `The new ${kind} secret proves deliveries of app ${app} beside the old one. Run this again when X takes it.`,
        );
        return;
      }
      isSettled = false;
      await tokens.change((all) => ({ ...all, keys: { ...all.keys, ...given, ...(bearerToken && { bearerToken }) } }));
      const now = await secrets.read();
      const ends = `The old one proves deliveries for another ${overlap}; gapless secrets end stops it at once.`;
      if (crcKind(now, clock.now()) !== kind) {
        await terminal.print(
          `X takes the new ${kind} secret of app ${app}. Its checks go by the client secret and show nothing about it. ${ends}`,
        );
      } else {
        terminal.note('Waiting until the webhook answers X’s check with the new secret.');
        const outcome = await proveRotation(now, {
          x: await openWebhooks(target, app, terminal),
          url: webhookUrlOf(target, app),
          app,
          clock,
          settleMs,
          patienceMs,
          note: terminal.note,
          putBack: () => putBack(secrets, before, { kind, value }),
        });
        await terminal.print(
          outcome === 'proven'
            ? `X signs with the new ${kind} secret of app ${app}: its check was answered with it and passed. ${ends}`
            : `The new ${kind} secret of app ${app} answers checks. X has no webhook there yet, so nothing shows that X signs with it. ${ends}`,
        );
      }
      isSettled = true;
    } finally {
      if (isSettled) await hold.end();
      else
        terminal.note('Checks of the webhook stay held back for up to 30 minutes; gapless webhook validate makes one.');
    }
  },
});

async function askAbout(kind: SecretKind, keys: AppKeys, xApiUrl: string) {
  const { clientId, clientSecret = '', consumerKey, consumerSecret = '' } = keys;
  if (kind === 'consumer') {
    return consumerKey === undefined
      ? ({ verdict: 'unknown' } as const)
      : askAboutConsumer(xApiUrl, consumerKey, consumerSecret);
  }
  if (clientId === undefined) return { verdict: 'unknown' } as const;
  return { verdict: await askAboutClient(xApiUrl, clientId, clientSecret) };
}

import { GaplessError } from '../../shared/errors.ts';
import { entriesOf } from '../../shared/x/secret-rotation.ts';
import { parseDuration } from '../arguments/duration.ts';
import { openValidationHold } from '../credentials/open-hold.ts';
import { openApiTokens, openAppSecrets } from '../credentials/open-stores.ts';
import { rotate } from '../credentials/rotate.ts';
import { rotationReport } from '../credentials/rotation-report.ts';
import { kindOption, parseKind } from '../credentials/secret-kind.ts';
import { appOption, dryRunOption } from '../framework/common-options.ts';
import { defineCommand } from '../framework/define-command.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';

/** Long enough for a person in the developer portal; short enough that a forgotten one blinds nobody for long. */
const holdMs = 30 * 60_000;

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
    const [secrets, tokens, hold] = await Promise.all([
      openAppSecrets(target, app),
      openApiTokens(target, app),
      openValidationHold(target, app),
    ]);
    const before = await secrets.read();
    const kind = parseKind(values.kind, before, target.clock.now());
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
    let isOpen = false;
    const onChange = () => {
      isOpen = true;
    };
    try {
      const request = { app, kind, overlapMs, unchecked, file, secrets, tokens, before, onChange };
      const outcome = await rotate(request, target, terminal);
      isOpen = false;
      await terminal.print(rotationReport(outcome, kind, app, overlap));
    } finally {
      if (isOpen) terminal.note('Checks stay held back for up to 30 minutes; gapless webhook validate makes one.');
      else await hold.end();
    }
  },
});

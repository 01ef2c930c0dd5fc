import { GaplessError } from '../../shared/errors.ts';
import type { SecretEntry } from '../../shared/x/app-secrets.ts';
import { entriesOf, fingerprint, withEntries } from '../../shared/x/secret-rotation.ts';
import { openAppSecrets } from '../credentials/open-stores.ts';
import { kindOption, parseKind } from '../credentials/secret-kind.ts';
import { appOption, dryRunOption } from '../framework/common-options.ts';
import { confirm } from '../framework/confirm.ts';
import { defineCommand } from '../framework/define-command.ts';
import { resolveTarget, targetOptions } from '../target/target.ts';

export const secretsEndCommand = defineCommand({
  name: 'secrets end',
  summary: 'stop a secret at once, a leaked one for instance',
  details: [
    'Removes it from the stack. Without --entry it is the one old secret that stands behind the current one. A receiver learns of it with its first delivery after a minute, and whenever a signature does not hold.',
    'The current secret is changed with gapless secrets rotate --overlap 0s: X must know the new one first.',
  ],
  options: {
    ...targetOptions,
    ...appOption,
    ...kindOption,
    entry: { type: 'string', value: 'PRINT', summary: 'the one with this fingerprint, as --dry-run shows them' },
    yes: { type: 'boolean', summary: 'do it without asking' },
    ...dryRunOption,
  },
  examples: [
    { line: 'gapless secrets end --dry-run', effect: 'shows which there are' },
    { line: 'gapless secrets end --entry 1f6a0c3b --yes', effect: 'this one, unasked' },
  ],
  async run({ values }, terminal) {
    const { app = 'default', yes, 'dry-run': dryRun } = values;
    const target = await resolveTarget(values, terminal);
    const store = await openAppSecrets(target, app);
    const secrets = await store.read();
    const kind = parseKind(values.kind, secrets, target.clock.now());
    const entries = entriesOf(secrets, kind);
    if (dryRun) {
      for (const [index, entry] of entries.entries()) await terminal.print(describe(entry, index));
      return;
    }
    const { value } = choose(entries, values.entry);
    const isLast = entries.length === 1;
    const warning = isLast ? ' It is the only one: every delivery would be refused with 503.' : '';
    if (!yes) await confirm(`End the ${kind} secret ${fingerprint(value)} of app ${app}?${warning}`, terminal);
    await store.change((now) =>
      withEntries(
        now,
        kind,
        entriesOf(now, kind).filter((entry) => entry.value !== value),
      ),
    );
    await terminal.print(`ended the ${kind} secret ${fingerprint(value)} of app ${app}`);
  },
});

function describe({ value, validUntil }: SecretEntry, index: number): string {
  const until = validUntil === undefined ? 'no end' : `until ${new Date(validUntil).toISOString()}`;
  return `${fingerprint(value)}  ${index === 0 ? 'current' : 'beside it'}  ${until}`;
}

function choose(entries: readonly SecretEntry[], print: string | undefined): SecretEntry {
  const candidates =
    print === undefined ? entries.slice(1) : entries.filter(({ value }) => fingerprint(value) === print);
  const [chosen, ...others] = candidates;
  if (chosen !== undefined && others.length === 0) return chosen;
  const known = entries.map(describe).join('; ') || 'none';
  throw new GaplessError(
    'USAGE',
    `${chosen === undefined ? 'there is no such secret' : 'say which with --entry'}. There are: ${known}`,
  );
}

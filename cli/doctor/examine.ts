import { loadOnce } from '../../shared/load-once.ts';
import type { Terminal } from '../framework/terminal.ts';
import { protocolChecks } from './checks/protocol.ts';
import { stackSideChecks, streamCheck } from './checks/stack-side.ts';
import { xSideChecks } from './checks/x-side.ts';
import { ok } from './finding.ts';
import { type Check, type Examined, runChecks } from './run-checks.ts';
import { type Examination, openSite, type Site } from './site.ts';

/** Longer than X's SDK waits for an answer. */
const timeoutMs = 25_000;

const stackCheck: Check<Site> = {
  name: 'stack',
  needs: [],
  look: async ({ target }) => ok(`${target.name}, with all of its outputs`),
};

const checks: readonly Check<Site>[] = [
  stackCheck,
  ...[...protocolChecks, ...xSideChecks, ...stackSideChecks].map((check) => ({
    ...check,
    needs: [stackCheck.name, ...check.needs],
  })),
];

/** Every check of one app, from the stack's end and from X's. Never rejects. */
export async function examine(examination: Examination, terminal: Terminal): Promise<readonly Examined[]> {
  const found = await runChecks(checks, { open: loadOnce(() => openSite(examination, terminal)), timeoutMs });
  return found.filter(({ name, status }) => name !== streamCheck || status !== 'skipped');
}

import { commands } from '../../cli/commands.ts';
import { type ExitCode, run } from '../../cli/run.ts';
import { createDynamoDbClient } from '../../shared/aws/clients/dynamodb.ts';
import { createWatchLedger } from '../../shared/aws/watch-ledger.ts';
import { type Gap, newGap } from '../../shared/domain/gaps/gap.ts';
import type { GapBook, WatchLedger } from '../../shared/watch-ports.ts';
import { type LocalProject, standingClock, startLocalProject } from './local-project.ts';
import { createRecordingTerminal } from './recording-terminal.ts';

/** What the clock of these projects shows, for ever. */
export const nowMs = Date.parse('2026-11-21T12:00:00.000Z');
export const minutesAgo = (minutes: number) => nowMs - minutes * 60_000;

export interface GapProject extends LocalProject {
  /** The watcher's own side of the ledger. */
  readonly ledger: WatchLedger & GapBook;
  /** Runs the program in this process. */
  gapless(args: readonly string[], person?: Person): Promise<GaplessOutcome>;
}

interface Person {
  /** What is typed when the program asks. */
  readonly answer?: string;
  /** Done after each line of the result, before the program goes on. */
  readonly reads?: (line: string) => Promise<void>;
}

interface GaplessOutcome {
  readonly code: ExitCode;
  readonly out: readonly string[];
  readonly notes: string;
}

/** A local stack with the apps `default` and `second`, whose clock stands still. */
export async function startGapProject(more: Readonly<Record<string, unknown>> = {}): Promise<GapProject> {
  const apps = { default: '{}', second: '{}' };
  const project = await startLocalProject(apps, undefined, { more: { clock: standingClock(nowMs), ...more } });
  const { emulators, directory } = project;
  const client = createDynamoDbClient(emulators.dynamodb);
  const table = emulators.names.ledgerTable;
  return {
    ...project,
    ledger: createWatchLedger({ client, table, clock: { now: () => nowMs }, retentionDays: 30 }),
    async gapless(args, { answer, reads } = {}) {
      const out: string[] = [];
      const print = async (line: string) => {
        out.push(line);
        await reads?.(line);
      };
      const ask = answer === undefined ? {} : { ask: async () => answer };
      const terminal = createRecordingTerminal({ directory, print, ...ask });
      const code = await run({ commands, version: '0' }, [...args, '--local'], terminal);
      return { code, out, notes: terminal.noted.join('\n') };
    },
    async close() {
      client.destroy();
      await project.close();
    },
  };
}

/** A gap of app `default` that a detector opened ten minutes after it began. */
export function detectedGap(from: number, to: number | null, changes: Partial<Gap> = {}): Gap {
  const at = { nowMs: minutesAgo(from) + 600_000, app: 'default', webhookId: '7' };
  const bounds = { fromMs: minutesAgo(from), toMs: to === null ? null : minutesAgo(to) };
  const found = { reason: 'heartbeat', state: 'open', expectedPerMinute: 1, line: 'no heartbeat came' } as const;
  return { ...newGap(at, { ...found, ...bounds }), ...changes };
}

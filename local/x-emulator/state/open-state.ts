import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../shared/ports.ts';
import { createBodyArchive } from './body-archive.ts';
import { createSentArchive } from './sent-archive.ts';
import { createSentLog, type SentLog } from './sent-log.ts';
import { createStore, type Store } from './store.ts';

interface StateOptions {
  /** Without it, in memory only. */
  readonly dataDir: string | undefined;
  readonly clock: Clock;
  readonly keepBodiesMs: number;
}

/** What X remembers, as an earlier run left it. */
export function openState({ dataDir, clock, keepBodiesMs }: StateOptions): {
  readonly store: Store;
  readonly sent: SentLog;
} {
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const file = (name: string) => (dataDir === undefined ? undefined : join(dataDir, name));
  const archive = createSentArchive(file('x-sent.jsonl'));
  const bodies = createBodyArchive(file('x-bodies.jsonl'));
  return { store: createStore(file('x-state.json')), sent: createSentLog({ clock, archive, bodies, keepBodiesMs }) };
}

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { GaplessError } from '../../../shared/errors.ts';
import { emptyState, type Webhook, type XState } from './x-state.ts';

/** Holds the state as a value: whoever reads it sees one moment. */
export interface Store {
  readonly state: XState;
  change(next: (state: XState) => XState): void;
}

export function webhookOf(store: Store, webhookId: string): Webhook | undefined {
  return store.state.webhooks.find(({ id }) => id === webhookId);
}

function readState(file: string): XState {
  try {
    return { ...emptyState, ...JSON.parse(readFileSync(file, 'utf8')) };
  } catch (cause) {
    const message = `The X emulator cannot read its state in ${file}: it is not JSON. Remove the file to start empty.`;
    throw new GaplessError('LOCAL_START_FAILED', message, { cause });
  }
}

/** Keeps the state in `file` (JSON), replaced as a whole so that a kill leaves the old or the new one. Without it, in memory only. */
export function createStore(file: string | undefined): Store {
  let state = file !== undefined && existsSync(file) ? readState(file) : emptyState;
  return {
    get state() {
      return state;
    },
    change(next) {
      state = next(state);
      if (file === undefined) return;
      writeFileSync(`${file}.new`, JSON.stringify(state, null, 2));
      renameSync(`${file}.new`, file);
    },
  };
}

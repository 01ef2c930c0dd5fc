import type { ListedEvent } from '../../shared/index.ts';
import type { Terminal } from '../framework/terminal.ts';
import { isPrivate } from '../output/private.ts';

/** What was shown. */
export interface Shown {
  readonly all: number;
  /** Of all, those between people. */
  readonly private: number;
  /** Cursor of the last event shown; present when there are more behind it. */
  readonly moreAfter?: string;
}

/** Writes the first `limit` events as they come. */
export async function showEvents(
  events: AsyncIterable<ListedEvent>,
  limit: number,
  linesOf: (event: ListedEvent) => readonly string[],
  terminal: Terminal,
): Promise<Shown> {
  const shown = { all: 0, private: 0 };
  let last = '';
  for await (const event of events) {
    if (shown.all === limit) return { ...shown, moreAfter: last };
    for (const line of linesOf(event)) await terminal.print(line);
    shown.all += 1;
    if (isPrivate(event)) shown.private += 1;
    last = event.cursor;
  }
  return shown;
}

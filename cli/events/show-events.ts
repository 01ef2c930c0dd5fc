import type { ListedEvent } from '../../shared/index.ts';
import type { Terminal } from '../framework/terminal.ts';
import { isPrivate } from '../output/private.ts';

/** How events become lines, and how many of them at a time. */
export interface Layout {
  readonly pageSize: number;
  readonly linesOf: (page: readonly ListedEvent[]) => readonly string[];
}

/** What was shown. */
export interface Shown {
  readonly all: number;
  /** Of all, those between people. */
  readonly private: number;
  /** Cursor of the last event shown; present when there are more behind it. */
  readonly moreAfter?: string;
}

/** Writes the first `limit` events, a page as soon as it is full. */
export async function showEvents(
  events: AsyncIterable<ListedEvent>,
  limit: number,
  { pageSize, linesOf }: Layout,
  terminal: Terminal,
): Promise<Shown> {
  const shown = { all: 0, private: 0 };
  let page: ListedEvent[] = [];
  let last = '';
  const turn = async () => {
    for (const line of linesOf(page)) await terminal.print(line);
    page = [];
  };

  for await (const event of events) {
    if (shown.all === limit) {
      await turn();
      return { ...shown, moreAfter: last };
    }
    page.push(event);
    shown.all += 1;
    if (isPrivate(event)) shown.private += 1;
    last = event.cursor;
    if (page.length === pageSize) await turn();
  }
  await turn();
  return shown;
}

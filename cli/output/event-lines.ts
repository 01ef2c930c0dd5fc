import type { StoredEvent } from '../../shared/domain/event.ts';
import type { Terminal } from '../framework/terminal.ts';
import { localTime } from './local-time.ts';
import { plainText, shorten } from './plain-text.ts';
import { isPrivate } from './private.ts';

/** Room for a window of usual width; nobody is helped by a text cut to nothing in a narrow one. */
const usualColumns = 120;
const leastTextColumns = 30;

/**
 * Events for people, two lines each: when, what, for which account, who did it to whom and the text; then the id.
 * Returns a function that lays out one page of a list; its columns grow from page to page and do not shrink.
 */
export function createEventLines(
  terminal: Terminal,
  showPrivate: boolean,
): (page: readonly StoredEvent[]) => readonly string[] {
  const widths = [0, 0, 0, 0];
  const columns = terminal.columns ?? usualColumns;

  return (page) => {
    const rows = page.map((event) => ({ event, cells: cellsOf(event) }));
    for (const { cells } of rows) {
      for (const [at, cell] of cells.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
    }
    return rows.flatMap(({ event, cells }) => {
      const aligned = cells.map((cell, at) => cell.padEnd(widths[at] ?? 0));
      const [time = '', type = '', ...rest] = aligned;
      const left = columns - aligned.join('  ').length - 2;
      const text = shorten(textOf(event, showPrivate), Math.max(left, leastTextColumns));
      const head = [terminal.style('dim', time), terminal.style('cyan', type), ...rest, text].join('  ').trimEnd();
      return [head, terminal.style('dim', `  ${plainText(event.eventId)}`)];
    });
  };
}

function cellsOf(event: StoredEvent): readonly string[] {
  return [localTime(event.occurredAt), event.type, event.account ?? '-', people(event)].map(plainText);
}

function people({ actor, target }: StoredEvent): string {
  if (actor === undefined) return target === undefined ? '-' : `→ ${target}`;
  return target === undefined ? actor : `${actor} → ${target}`;
}

function textOf(event: StoredEvent, showPrivate: boolean): string {
  if (isPrivate(event) && !showPrivate) return '(private)';
  return plainText(event.text ?? '');
}

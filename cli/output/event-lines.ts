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
 * Columns grow with what comes and stay, so that a long list can be written as it is read.
 */
export function createEventLines(terminal: Terminal, showPrivate: boolean): (event: StoredEvent) => readonly string[] {
  const widths: number[] = [];
  const columns = terminal.columns ?? usualColumns;

  return (event) => {
    const cells = [localTime(event.occurredAt), event.type, event.account ?? '-', people(event)].map(plainText);
    const aligned = cells.map((cell, index) => {
      const width = Math.max(widths[index] ?? 0, cell.length);
      widths[index] = width;
      return cell.padEnd(width);
    });
    const [time = '', type = '', ...rest] = aligned;
    const left = columns - aligned.join('  ').length - 2;
    const text = shorten(textOf(event, showPrivate), Math.max(left, leastTextColumns));
    const head = [terminal.style('dim', time), terminal.style('cyan', type), ...rest, text].join('  ').trimEnd();
    return [head, terminal.style('dim', `  ${plainText(event.eventId)}`)];
  };
}

function people({ actor, target }: StoredEvent): string {
  if (actor === undefined) return target === undefined ? '-' : `→ ${target}`;
  return target === undefined ? actor : `${actor} → ${target}`;
}

function textOf(event: StoredEvent, showPrivate: boolean): string {
  if (isPrivate(event) && !showPrivate) return '(private)';
  return plainText(event.text ?? '');
}

import type { StoredEvent } from '../../shared/domain/event.ts';
import type { Terminal } from '../framework/terminal.ts';
import { indentJson } from './indent-json.ts';
import { localTime } from './local-time.ts';
import { plainJson, plainText } from './plain-text.ts';
import { isPrivate } from './private.ts';

/** One event for people: a line a field, then the payload, indented and otherwise as sent. */
export function eventDetails(event: StoredEvent, terminal: Terminal, showPrivate: boolean): readonly string[] {
  const { payload, text, ...fields } = event;
  const hidden = isPrivate(event) && !showPrivate;
  const shown = Object.entries({ ...fields, ...(text === undefined || hidden ? {} : { text }) });
  const width = Math.max(...shown.map(([name]) => name.length));
  const lines = shown.map(([name, value]) => {
    const meaning = name.endsWith('At')
      ? `${value}  ${terminal.style('dim', `${localTime(value)} here`)}`
      : plainText(value);
    return `${terminal.style('cyan', name.padEnd(width))}  ${meaning}`;
  });
  if (hidden) return [...lines, '', 'Text and payload are private: --show-private shows them.'];
  const body = event.payloadFormat === 'json' ? indentJson(plainJson(payload)).split('\n') : [plainText(payload)];
  return [...lines, '', ...body];
}

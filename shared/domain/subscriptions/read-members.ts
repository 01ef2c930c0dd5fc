import { eventNames, readEventName } from './event-names.ts';
import type { Report } from './problem.ts';
import type { SubscribableType } from './subscribable-types.ts';

const accountPattern = /^[0-9]{1,19}$/;
/** As the stack's setting `apps`. */
const appPattern = /^[a-z0-9-]{1,32}$/;

export function readAccountId(value: unknown, place: string, report: Report): string | undefined {
  if (typeof value === 'string' && accountPattern.test(value)) return value;
  if (typeof value === 'number') return report(place, 'is a number, which would be rounded; put it in quotes');
  if (value === undefined) return report(place, 'is missing; write the account’s id, such as "2244994945"');
  return report(place, 'is not an account id; write its digits in quotes, not its @name: "2244994945"');
}

export function readChoice<T extends string>(
  value: unknown,
  choices: readonly T[],
  place: string,
  report: Report,
): T | undefined {
  if (value === undefined) return undefined;
  const choice = choices.find((name) => name === value);
  const misspelt = { given: String(value), candidates: choices };
  return choice ?? report(place, `is none of ${choices.join(', ')}`, misspelt);
}

export function readText(value: unknown, most: number, place: string, report: Report): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value.length >= 1 && value.length <= most) return value;
  return report(place, `is not a text of 1 to ${most} characters, the most that X takes`);
}

export function readApp(value: unknown, place: string, report: Report): string | undefined {
  if (value === undefined) return 'default';
  if (typeof value === 'string' && appPattern.test(value)) return value;
  return report(place, 'is not an app’s name: 1 to 32 of a-z, 0-9 and dash, as in the stack’s setting apps');
}

/** One of the names in `events`, and what it stands for. */
export interface NamedEvents {
  readonly place: string;
  readonly name: string;
  readonly types: readonly SubscribableType[];
}

/** X's documentation of January 2026 called them `event_types`. */
export function readEvents(
  entry: Readonly<Record<string, unknown>>,
  place: string,
  report: Report,
): readonly NamedEvents[] | undefined {
  const name = 'event_types' in entry ? 'event_types' : 'events';
  const names = entry[name];
  const where = `${place}.${name}`;
  if ('event_types' in entry && 'events' in entry) {
    return report(where, 'is another name of events, which stands here too; keep one of them');
  }
  if (!Array.isArray(names) || names.length === 0) {
    return report(where, 'is not a list of events; write ["posts", "likes"], for example, or ["all"]');
  }
  return names.flatMap((event: unknown, index) => readEvent(event, `${where}[${index}]`, report) ?? []);
}

function readEvent(value: unknown, place: string, report: Report): NamedEvents | undefined {
  if (typeof value !== 'string') return report(place, 'is not a text; write an event type or a family in quotes');
  const quoted = JSON.stringify(value);
  const reading = readEventName(value);
  if (reading.kind === 'types') return { place, name: value, types: reading.types };
  if (reading.kind === 'refused') return report(place, `${quoted} cannot be subscribed: ${reading.why}`);
  const says = `${quoted} is no event; write a type such as "post.create", a family such as "posts", or "all"`;
  return report(place, says, { given: value, candidates: eventNames });
}

import { list, member, object } from '../json.ts';

/** A line of X's stream. `disconnect`: X's last words, by name; what is neither is a delivery, whatever it says. */
export type StreamLine =
  | { readonly kind: 'keep-alive' }
  | { readonly kind: 'disconnect'; readonly name: string; readonly detail: string }
  | { readonly kind: 'delivery' };

/** What X answers, in the stream or to the request, when an app has its two connections already. */
export const tooManyConnections = 'TooManyConnections';

const blank = /^\s*$/;

export function readStreamLine(line: Uint8Array): StreamLine {
  if (line.length === 0) return { kind: 'keep-alive' };
  const text = new TextDecoder().decode(line);
  if (blank.test(text)) return { kind: 'keep-alive' };
  if (!text.includes('"errors"')) return { kind: 'delivery' };
  const body = parse(text);
  const { errors, ...others } = object(body) ?? {};
  const [problem] = list(errors);
  // With anything beside the errors it is an event that X could not fill in completely.
  if (problem === undefined || Object.keys(others).length > 0) return { kind: 'delivery' };
  return { kind: 'disconnect', ...nameProblem(problem) };
}

/** Names of X's are short words; anything else would make a metric and a log of X's text. */
const namePattern = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;

/**
 * A problem's name: its `connection_issue` (TooManyConnections), else the end of its `type` (operational-disconnect),
 * else its title. `detail`: X's own words, for people.
 */
export function nameProblem(problem: unknown): { readonly name: string; readonly detail: string } {
  const texts = (...names: readonly string[]) =>
    names.map((name) => member(problem, name)).filter((value) => typeof value === 'string');
  const [type] = texts('type');
  const names = [...texts('connection_issue'), type?.split('/').at(-1) ?? '', ...texts('title')];
  return {
    name: names.find((name) => namePattern.test(name)) ?? 'unnamed',
    detail: texts('disconnect_type', 'detail', 'message').join(': ').slice(0, 300),
  };
}

/** When what the line tells happened, by the event's own times; `undefined`: it has none. Unix milliseconds. */
export function occurredAtMs(line: Uint8Array): number | undefined {
  const data = member(parse(new TextDecoder().decode(line)), 'data');
  const times = [member(data, 'created_at'), member(data, 'payload', 'created_at')];
  const found = times.map((time) => (typeof time === 'string' ? Date.parse(time) : Number.NaN));
  return found.find((ms) => !Number.isNaN(ms));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

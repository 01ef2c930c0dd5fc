import { isUtf8 } from 'node:buffer';
import { list, member, object, parseJson, printJson } from '../../../shared/domain/json.ts';
import { escapeAsX } from '../payloads/x-json.ts';
import { type Random, randomSigned64 } from '../random.ts';

/** How a replayed body differs from the first one. X promises nothing, so receivers must bear it all. */
export interface BodyRules {
  /** Bodies that carry `"meta":{"replay":true}`. X's book shows it for XAA only. */
  readonly mark: 'all' | 'xaa' | 'none';
  /** Whether XAA events keep their `event_uuid`. */
  readonly eventUuid: 'same' | 'changed';
  /** Whether XAA events keep `tag` and `filter.direction`, which a changed subscription would change. */
  readonly labels: 'same' | 'changed';
  /** `rewritten`: the same JSON value in other bytes (order of members, white space, escapes). */
  readonly text: 'same' | 'rewritten';
}

/** The bytes that X sends again. What is no JSON object stays as it is. */
export function replayedBody(body: Uint8Array, rules: BodyRules, random: Random): Uint8Array {
  if (!isUtf8(body)) return body;
  const reading = parseJson(Buffer.from(body).toString());
  const value = reading.kind === 'json' ? object(reading.value) : undefined;
  if (value === undefined) return body;
  const changed = marked(relabelled(value, rules, random), rules);
  if (rules.text === 'rewritten') return Buffer.from(JSON.stringify(inOtherOrder(changed), null, 2));
  return changed === value ? body : Buffer.from(escapeAsX(printJson(changed)));
}

type Body = Readonly<Record<string, unknown>>;

function isXaa(value: Body): boolean {
  return typeof member(value, 'data', 'event_type') === 'string';
}

function marked(value: Body, { mark }: BodyRules): Body {
  if (mark === 'none' || (mark === 'xaa' && !isXaa(value))) return value;
  return { ...value, meta: { ...object(value.meta), replay: true } };
}

function relabelled(value: Body, { eventUuid, labels }: BodyRules, random: Random): Body {
  const data = object(value.data);
  if (data === undefined || !isXaa(value)) return value;
  const uuid = eventUuid === 'changed' && { event_uuid: randomSigned64(random) };
  const direction = member(data, 'filter', 'direction') === 'inbound' ? 'outbound' : 'inbound';
  const label = labels === 'changed' && { tag: 'changed', filter: { ...object(data.filter), direction } };
  return uuid || label ? { ...value, data: { ...data, ...uuid, ...label } } : value;
}

function inOtherOrder(value: unknown): unknown {
  if (Array.isArray(value)) return list(value).map(inOtherOrder);
  const members = object(value);
  if (members === undefined) return value;
  const entries = Object.entries(members).map(([name, inner]) => [name, inOtherOrder(inner)]);
  return Object.fromEntries(entries.reverse());
}

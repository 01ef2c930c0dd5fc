import { isRawNumber, member, object, printJson } from './json.ts';

const ofEnvelope = ['meta', 'tag', 'direction', 'includes', 'users', 'apps'];
const ofFilter = ['direction', 'qualifiers'];
const ofPayload = ['includes', 'users', 'apps'];

/**
 * The text by which an event without an id is recognised: canonical JSON (sorted keys, digits as sent) without what
 * may differ between two deliveries of one event. When nothing else is there, everything counts.
 */
export function stableContent(content: unknown): string {
  const stable = withoutVolatile(content);
  return hasContent(stable) ? canonicalJson(stable, isCounter) : canonicalJson(content, () => false);
}

function withoutVolatile(content: unknown): unknown {
  const data = object(member(content, 'data'));
  const envelope = without(content, ofEnvelope);
  if (data === undefined) return envelope;
  // XAA may send `created_at` in its envelope, and may leave it out of a replay. Elsewhere `data` is the object itself.
  const isXaa = member(data, 'event_type') !== undefined;
  const stable = without(data, isXaa ? [...ofEnvelope, 'created_at'] : ofEnvelope);
  const filter = replaced(stable, 'filter', without(member(stable, 'filter'), ofFilter));
  return replaced(envelope, 'data', replaced(filter, 'payload', without(member(filter, 'payload'), ofPayload)));
}

function without(value: unknown, keys: readonly string[]): unknown {
  const members = object(value);
  if (members === undefined) return value;
  return Object.fromEntries(Object.entries(members).filter(([key]) => !keys.includes(key)));
}

function replaced(value: unknown, key: string, by: unknown): unknown {
  const members = object(value);
  return members === undefined || !Object.hasOwn(members, key) ? value : { ...members, [key]: by };
}

function isCounter(key: string): boolean {
  return key === 'public_metrics' || key.endsWith('_count') || key.endsWith('_count_str');
}

function hasContent(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasContent);
  const members = object(value);
  if (members === undefined) return true;
  return Object.entries(members).some(([key, inner]) => !isCounter(key) && hasContent(inner));
}

function canonicalJson(value: unknown, omit: (key: string) => boolean): string {
  if (Array.isArray(value)) return `[${value.map((entry) => canonicalJson(entry, omit)).join(',')}]`;
  if (isRawNumber(value)) return value.rawJSON;
  const members = object(value);
  if (members === undefined) return printJson(value);
  const kept = Object.keys(members)
    .filter((key) => !omit(key))
    .sort();
  return `{${kept.map((key) => `${printJson(key)}:${canonicalJson(members[key], omit)}`).join(',')}}`;
}

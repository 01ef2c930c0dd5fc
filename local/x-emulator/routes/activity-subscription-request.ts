import { member, object } from '../../../shared/domain/json.ts';
import { type ActivityType, activityTypeOf } from '../activity-types.ts';
import type { XaaFilter } from '../payloads/xaa-event.ts';

export interface SubscriptionChange {
  readonly tag?: string;
  readonly webhookId?: string;
}

export interface SubscriptionRequest extends SubscriptionChange {
  readonly eventType: ActivityType;
  readonly filter: XaaFilter;
}

export type Parsed<T> =
  | { readonly kind: 'parsed'; readonly value: T }
  | { readonly kind: 'faulty'; readonly fault: string };

const idPattern = /^[0-9]{1,19}$/;
const faulty = (fault: string) => ({ kind: 'faulty', fault }) as const;

function strangerIn(value: unknown, known: readonly string[]): string | undefined {
  return Object.keys(object(value) ?? {}).find((name) => !known.includes(name));
}

function isTextUpTo(value: unknown, length: number): value is string {
  return typeof value === 'string' && value.length >= 1 && value.length <= length;
}

function parseChange(body: unknown, known: readonly string[]): Parsed<SubscriptionChange> {
  const stranger = strangerIn(body, known);
  if (object(body) === undefined) return faulty('$: object expected');
  if (stranger !== undefined) return faulty(`$.${stranger}: is not defined in the schema`);
  const tag = member(body, 'tag');
  const webhookId = member(body, 'webhook_id');
  if (tag !== undefined && !isTextUpTo(tag, 200)) return faulty('$.tag: must have 1 to 200 characters');
  if (webhookId !== undefined && !(typeof webhookId === 'string' && idPattern.test(webhookId))) {
    return faulty(`$.webhook_id: does not match ${idPattern.source}`);
  }
  return {
    kind: 'parsed',
    value: { ...(tag !== undefined && { tag }), ...(webhookId !== undefined && { webhookId }) },
  };
}

/** The body of an update: nothing but `tag` and `webhook_id` can be changed. */
export function parseSubscriptionChange(body: unknown): Parsed<SubscriptionChange> {
  return parseChange(body, ['tag', 'webhook_id']);
}

function filterFault(eventType: ActivityType, filter: XaaFilter): string | undefined {
  const { user_id, keyword, direction } = filter;
  if (eventType === 'oauth.revoke') return undefined;
  if (eventType === 'news.new') {
    return isTextUpTo(keyword, 150) ? undefined : '$.filter.keyword: must have 1 to 150 characters';
  }
  if (user_id === undefined || !idPattern.test(user_id)) return `$.filter.user_id: does not match ${idPattern.source}`;
  if (direction === undefined) return undefined;
  if (/^(mute|block)\./.test(eventType)) return '$.filter.direction: is not supported for this event type';
  return /^(in|out)bound$/.test(direction) ? undefined : '$.filter.direction: must be one of [inbound, outbound]';
}

function parseFilter(value: unknown): Parsed<XaaFilter> {
  const stranger = strangerIn(value, ['user_id', 'keyword', 'direction']);
  if (object(value) === undefined) return faulty('$.filter: is missing but it is required');
  if (stranger !== undefined) return faulty(`$.filter.${stranger}: is not defined in the schema`);
  const entries = Object.entries(object(value) ?? {});
  if (entries.some(([, entry]) => typeof entry !== 'string')) return faulty('$.filter: strings expected');
  return { kind: 'parsed', value: Object.fromEntries(entries.map(([name, entry]) => [name, String(entry)])) };
}

/** The body of a create. Event type, filter and user can never be changed afterwards. */
export function parseSubscriptionRequest(body: unknown): Parsed<SubscriptionRequest> {
  const change = parseChange(body, ['event_type', 'filter', 'tag', 'webhook_id']);
  if (change.kind === 'faulty') return change;
  const eventType = activityTypeOf(String(member(body, 'event_type')));
  if (eventType === undefined) return faulty('$.event_type: does not have a value in the enumeration');
  const filter = parseFilter(member(body, 'filter'));
  if (filter.kind === 'faulty') return filter;
  const fault = filterFault(eventType, filter.value);
  if (fault !== undefined) return faulty(fault);
  return { kind: 'parsed', value: { eventType, filter: filter.value, ...change.value } };
}

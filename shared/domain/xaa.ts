import { idsOf } from './carried-posts.ts';
import type { EventDraft } from './event-draft.ts';
import { isKnownType, typeOfXaaName } from './event-types.ts';
import { id } from './ids.ts';
import { type JsonObject, list, member, object } from './json.ts';
import { unknownDraft } from './unknown.ts';
import { payloadReaders } from './xaa-readers.ts';

/**
 * The events of an X Activity API body: X sends one in `data`. A list there is one event each, and so is a list of
 * several `*_events` inside a payload, although X documents neither.
 */
export function splitXaa(body: JsonObject): readonly EventDraft[] {
  const envelopes = Array.isArray(body.data) ? body.data : [body.data];
  if (!envelopes.some((envelope) => nameOf(envelope) !== undefined)) return [];
  const asSent = (envelope: unknown) => ({ ...body, data: Array.isArray(body.data) ? [envelope] : envelope });
  return envelopes.flatMap((envelope) => {
    const name = nameOf(envelope);
    const members = object(envelope);
    if (name === undefined || members === undefined) return unknownDraft(asSent(envelope));
    const payloads = splitPayload(members.payload);
    return payloads.map((payload): EventDraft => {
      const reduced = payloads.length > 1 ? { ...members, payload } : members;
      return { ...draftOf(name, reduced, body), sharesEnvelope: payloads.length > 1, content: asSent(reduced) };
    });
  });
}

function nameOf(envelope: unknown): string | undefined {
  return id(member(envelope, 'event_type'));
}

/** The payload as it is, or once for each entry when its `*_events` lists hold more than one. */
function splitPayload(payload: unknown): readonly unknown[] {
  const members = Object.entries(object(payload) ?? {});
  const isList = (key: string, value: unknown) => key.endsWith('_events') && Array.isArray(value);
  const others = members.filter(([key, value]) => !isList(key, value));
  const entries = members
    .filter(([key, value]) => isList(key, value))
    .flatMap(([key, value]) => list(value).map((entry): [string, unknown] => [key, [entry]]));
  return entries.length > 1 ? entries.map((entry) => Object.fromEntries([entry, ...others])) : [payload];
}

function draftOf(name: string, envelope: JsonObject, body: JsonObject): Omit<EventDraft, 'content'> {
  const { filter, payload } = envelope;
  const type = typeOfXaaName(name);
  const included = (kind: string) =>
    [envelope, payload, body].flatMap((place) => list(member(place, 'includes', kind)));
  const includedPosts = included('tweets');
  const subscriber = id(member(filter, 'user_id')) ?? id(member(filter, 'keyword'));
  const facts = isKnownType(type)
    ? payloadReaders[type](payload, {
        account: subscriber,
        direction: id(member(filter, 'direction')) ?? id(member(filter, 'qualifiers', 'direction')),
        includedUsers: included('users'),
        includedPosts,
      })
    : {};
  return {
    ...facts,
    product: 'xaa',
    type,
    wireType: name,
    account: subscriber ?? (type === 'oauth.revoke' ? facts.actor : undefined),
    eventUuid: id(envelope.event_uuid),
    envelopeTime: envelope.created_at,
    carriedPostIds: [...(facts.carriedPostIds ?? []), ...idsOf(includedPosts)],
  };
}

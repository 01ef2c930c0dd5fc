import type { EventDraft } from './event-draft.ts';
import { stableContent } from './stable-content.ts';

export type Sha256Hex = (text: string) => string;

const maxPartLength = 128;
const plainPart = /^[A-Za-z0-9._~@-]{1,128}$/;

/**
 * One part of an event's id: letters, digits and `._~@-` as they are, anything else percent-encoded; what would be
 * longer than 128 characters or has lone surrogates becomes `h-<sha256>`. So an id has at most some 650 bytes, under
 * the 1,024 of a DynamoDB sort key, and its parts hold no colon. `keyPart(postId)` is the `subjectId` of a post's events.
 */
export function keyPart(part: string, sha256Hex: Sha256Hex): string {
  if (plainPart.test(part)) return part;
  if (!part.isWellFormed()) return `h-${sha256Hex(JSON.stringify(part))}`;
  const encoded = encodeURIComponent(part)
    .replace(/%40/g, '@')
    .replace(/[!'()*]/g, percentEncoded);
  return encoded.length > maxPartLength ? `h-${sha256Hex(part)}` : encoded;
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/**
 * The identity of an event: from what it is, never from how it came. In order of preference the object's own id or
 * who did what to whom and when, the envelope's uuid, a hash of the content.
 */
export function identityOf(
  draft: EventDraft,
  app: string,
  sha256Hex: Sha256Hex,
): { readonly eventId: string; readonly subjectId: string } {
  const kind = draft.entryType === undefined ? draft.wireType : `${draft.wireType}.${draft.entryType}`;
  const subjectId = subjectOf(draft, sha256Hex);
  const account = draft.account === undefined ? '-' : keyPart(draft.account, sha256Hex);
  const eventId = [keyPart(app, sha256Hex), draft.product, keyPart(kind, sha256Hex), account, subjectId].join(':');
  return { eventId, subjectId };
}

function subjectOf(draft: EventDraft, sha256Hex: Sha256Hex): string {
  const uuid = draft.sharesEnvelope ? undefined : draft.eventUuid;
  const [first, ...others] = draft.subject ?? (uuid === undefined ? [] : [uuid]);
  if (first === undefined) return `h-${sha256Hex(stableContent(draft.content))}`;
  if (others.length === 0) return keyPart(first, sha256Hex);
  const parts = [first, ...others].map((part) => keyPart(part, sha256Hex).replaceAll('~', '%7E')).join('~');
  return parts.length > maxPartLength ? `h-${sha256Hex(parts)}` : parts;
}

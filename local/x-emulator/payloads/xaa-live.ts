import type { Account } from './account.ts';
import { withTwins } from './twins.ts';
import { toWrappedUser } from './v2-user.ts';
import { makeXaaEvent, type XaaEnvelope } from './xaa-event.ts';

interface XaaLive extends XaaEnvelope {
  readonly host: Account;
  /** 13 letters and digits. */
  readonly broadcastId: string;
}

/** Carries no time. The payload's own `event_type` has an underscore. */
export function makeXaaSpace<Edge extends 'start' | 'end'>({
  edge,
  host,
  broadcastId,
  ...envelope
}: XaaLive & { readonly edge: Edge }) {
  return makeXaaEvent(`spaces.${edge}`, envelope, {
    user: toWrappedUser(host),
    broadcast_id: broadcastId,
    event_type: `spaces_${edge}`,
  });
}

/** The only XAA times that are numbers. */
export function makeXaaBroadcast<Edge extends 'start' | 'end'>({
  edge,
  host,
  broadcastId,
  atMs,
  title,
  ...envelope
}: XaaLive & { readonly edge: Edge; readonly atMs: number; readonly title: string }) {
  return makeXaaEvent(`broadcast.${edge}`, envelope, {
    user: toWrappedUser(host),
    broadcast_id: broadcastId,
    title,
    broadcast_state: edge === 'start' ? 'Running' : 'Ended',
    ...withTwins({ event_timestamp_ms: atMs, created_timestamp_ms: atMs - 3500, updated_timestamp_ms: atMs - 300 }),
    language: 'en',
    available_for_replay: false,
  });
}

/** Carries no time. */
export function makeXaaBroadcastChat({
  host,
  broadcastId,
  messageId,
  sender,
  text,
  ...envelope
}: XaaLive & { readonly messageId: string; readonly sender: Account; readonly text: string }) {
  return makeXaaEvent('broadcast.chat', envelope, {
    message_id: messageId,
    broadcast_id: broadcastId,
    broadcaster_id: host.id,
    user: toWrappedUser(sender),
    text,
  });
}

import { isoWithOffset } from './times.ts';
import { makeXaaEvent, type XaaEnvelope } from './xaa-event.ts';

interface Revoke {
  readonly userId: string;
  readonly appId: string;
  readonly atMs: number;
}

/** A user takes the app's authorisation back. The body names no `for_user_id`. */
export function makeAaaRevoke({ userId, appId, atMs }: Revoke) {
  return {
    user_event: {
      revoke: { date_time: isoWithOffset(atMs), target: { app_id: appId }, source: { user_id: userId } },
    },
  };
}

export function makeXaaRevoke({ userId, appId, atMs, ...envelope }: XaaEnvelope & Revoke) {
  return makeXaaEvent('oauth.revoke', envelope, {
    date_time: isoWithOffset(atMs),
    user_id: userId,
    app_id: appId,
  });
}

import { makeXaaEvent, type XaaEnvelope } from './xaa-event.ts';

export const profileParts = [
  'bio',
  'profile_picture',
  'banner_picture',
  'screenname',
  'geo',
  'url',
  'handle',
  'verified_badge',
  'affiliate_badge',
] as const;

export type ProfilePart = (typeof profileParts)[number];

interface XaaProfileUpdate extends XaaEnvelope {
  readonly part: ProfilePart;
  readonly before: string;
  readonly after: string;
}

/** Carries no time and no id: only `event_uuid` tells two equal changes apart. */
export function makeXaaProfileUpdate({ part, before, after, ...envelope }: XaaProfileUpdate) {
  return makeXaaEvent(`profile.update.${part}`, envelope, { before, after });
}

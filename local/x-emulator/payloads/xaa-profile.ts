import type { EventType } from '../../../shared/domain/event-types.ts';
import { makeXaaEvent, type XaaEnvelope } from './xaa-event.ts';

type PartOf<Type> = Type extends `profile.update.${infer Part}` ? Part : never;

/** `bio`, `handle` and so on. */
export type ProfilePart = PartOf<EventType>;

interface XaaProfileUpdate extends XaaEnvelope {
  readonly part: ProfilePart;
  readonly before: string;
  readonly after: string;
}

/** Carries no time and no id: only `event_uuid` tells two equal changes apart. */
export function makeXaaProfileUpdate({ part, before, after, ...envelope }: XaaProfileUpdate) {
  return makeXaaEvent(`profile.update.${part}`, envelope, { before, after });
}

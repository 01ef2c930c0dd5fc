import { type EventType, eventTypes, typeOfXaaName } from '../../shared/domain/event-types.ts';

/** The event types that a subscription may have: all but the two that X has only announced. */
export type ActivityType = Exclude<EventType, 'chat.read' | 'chat.indicate_typing'>;

function canBeSubscribed(type: EventType): type is ActivityType {
  return type !== 'chat.read' && type !== 'chat.indicate_typing';
}

/** Knows the deprecated name of `chat.conversation.join`, too; X answers with the dotted one. */
export function activityTypeOf(name: string): ActivityType | undefined {
  return eventTypes.filter(canBeSubscribed).find((type) => type === typeOfXaaName(name));
}

/** The filter of a subscription, as X echoes it in every event. */
export interface XaaFilter {
  readonly user_id?: string;
  readonly keyword?: string;
  readonly direction?: string;
}

/** What an XAA event says about its subscription and itself, whatever its type. */
export interface XaaEnvelope {
  readonly eventUuid: string;
  readonly filter: XaaFilter;
  readonly tag?: string;
  /** Newer envelopes can carry a time. */
  readonly createdAtMs?: number;
}

/** `{ data: { event_uuid, filter, event_type, tag?, payload, includes? } }`: one event per delivery (docs.x.com activity event payloads). */
export function makeXaaEvent<const Type extends string, Payload extends object>(
  eventType: Type,
  { eventUuid, filter, tag, createdAtMs }: XaaEnvelope,
  payload: Payload,
  includes?: object,
) {
  return {
    data: {
      event_uuid: eventUuid,
      filter,
      event_type: eventType,
      ...(tag !== undefined && { tag }),
      ...(createdAtMs !== undefined && { created_at: new Date(createdAtMs).toISOString() }),
      payload,
      ...(includes && { includes }),
    },
  };
}

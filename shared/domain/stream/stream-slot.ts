/** X allows an app two connections to the activity stream (rate limits of docs.x.com, 2026). */
export const slotNumbers = [0, 1] as const;
export type SlotNumber = (typeof slotNumbers)[number];

/**
 * `connecting`: it holds the slot, and has no connection yet or none at the moment; `connected`: X streams to it;
 * `recovering`: it fetches what a break left out, beside the reader.
 */
export const slotPhases = ['connecting', 'connected', 'recovering'] as const;
export type SlotPhase = (typeof slotPhases)[number];

/** Who holds one of the two connections. */
export interface SlotHold {
  /** Of one invocation. */
  readonly holder: string;
  readonly phase: SlotPhase;
  /** Of the present connection. */
  readonly connectedAtMs?: number;
  readonly renewedAtMs: number;
  /** From then on the slot is free, whoever held it. */
  readonly expiresAtMs: number;
  /** When the holder means to leave. */
  readonly endsAtMs: number;
}

/** What the last holder left for whoever connects next. */
export interface SlotNote {
  /** Nobody may connect before: X's back-off did not fit into the life of a function. */
  readonly notBeforeMs?: number;
  /** Failed connections in a row, and of which kind: the next wait grows from there. */
  readonly failures?: number;
  readonly failure?: string;
  /** The name of the last disconnect, X's own where X gave one. */
  readonly lastDisconnect?: string;
  readonly lastDisconnectAtMs?: number;
  /** X refused to send again what was missed. */
  readonly recoveryRefusedAtMs?: number;
}

export interface StreamSlot {
  readonly slot: SlotNumber;
  readonly hold?: SlotHold;
  readonly note: SlotNote;
}

/** The hold that is in force. */
export function liveHold({ hold }: StreamSlot, nowMs: number): SlotHold | undefined {
  return hold !== undefined && hold.expiresAtMs > nowMs ? hold : undefined;
}

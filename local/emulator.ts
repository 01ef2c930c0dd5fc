/** A server that plays a part of AWS on 127.0.0.1. */
export interface Emulator {
  readonly url: string;
  /** Resolves with a sentence for people when it ended without being closed; otherwise never. */
  readonly died: Promise<string>;
  close(): Promise<void>;
}

/** Of a server inside this process, or of somebody else's: it does not die alone. */
export const neverDies: Promise<string> = new Promise(() => {});

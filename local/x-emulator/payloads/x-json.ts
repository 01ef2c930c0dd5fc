/**
 * JSON text as X writes it: `/` as `\/`, everything outside ASCII as `\uXXXX` (seen in public captures). Re-serialising
 * a parsed body therefore never gives the signed bytes back, which is what receivers must be tested with.
 */
export function toXJson(body: unknown): string {
  return escapeAsX(JSON.stringify(body));
}

/** The same for text that is JSON already. */
export function escapeAsX(json: string): string {
  return json
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The body as the bytes that are signed and sent. */
export function toXBytes(body: unknown): Uint8Array {
  return Buffer.from(toXJson(body));
}

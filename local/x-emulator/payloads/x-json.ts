/**
 * JSON text as X writes it: `/` as `\/`, everything outside ASCII as `\uXXXX` (seen in public captures). Re-serialising
 * a parsed body therefore never gives the signed bytes back, which is what receivers must be tested with.
 */
export function toXJson(body: unknown): string {
  return JSON.stringify(body)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The body as the bytes that are signed and sent. */
export function toXBytes(body: unknown): Uint8Array {
  return Buffer.from(toXJson(body));
}

/** Unix milliseconds as ISO UTC with milliseconds. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

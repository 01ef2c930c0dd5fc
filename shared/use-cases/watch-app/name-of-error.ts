/** By name only: what the message of somebody else's error quotes, nobody knows. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}

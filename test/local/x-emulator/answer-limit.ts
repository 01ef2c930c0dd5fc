/** The receiver's time for an answer, which is over when the test says so, and no sooner on a slow machine. */
export function startAnswerLimit() {
  let limit = new AbortController();
  return {
    /** For the emulator's option of this name. */
    start: () => limit.signal,
    /** For the receiver: keeps the connection silent, and the time for this answer is over. The next has its own. */
    pass(): 'hang' {
      const over = limit;
      limit = new AbortController();
      over.abort();
      return 'hang';
    },
  };
}

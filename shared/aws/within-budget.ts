/**
 * Gives a call of the SDK, its retries included, `budgetMs` in all. The SDK looks at the signal, but not in all its waits
 * (for `100-continue`, say), so the caller does not wait for it. Rejects with the signal's `TimeoutError`.
 */
export async function withinBudget<T>(budgetMs: number, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const budget = new AbortController();
  const { promise: exceeded, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new DOMException(`no answer within ${budgetMs} ms`, 'TimeoutError');
    budget.abort(error);
    reject(error);
  }, budgetMs);
  try {
    return await Promise.race([call(budget.signal), exceeded]);
  } finally {
    clearTimeout(timer);
  }
}

/** How an invocation ended, as the caller of Lambda's Invoke sees it. */
export type InvocationResult =
  | { readonly kind: 'success'; readonly payload: string }
  /** The function failed: it threw, ran out of time, or its process died. */
  | { readonly kind: 'function-error'; readonly errorType: string; readonly errorMessage: string }
  /** No process may run now: the function is paused, as with a reserved concurrency of 0. */
  | { readonly kind: 'throttled' };

export type FunctionError = Extract<InvocationResult, { kind: 'function-error' }>;

export const functionError = (errorType: string, errorMessage: string): FunctionError => ({
  kind: 'function-error',
  errorType,
  errorMessage,
});

/** Request and response of a synchronous invocation (docs: Lambda quotas). */
export const maxPayloadBytes = 6 * 1024 * 1024;

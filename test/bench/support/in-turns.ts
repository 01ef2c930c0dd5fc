export interface Turns {
  /** Real milliseconds after which no further turn begins. */
  readonly budgetMs: number;
  /** So many turns in any case. */
  readonly atLeast: number;
}

/**
 * Measures every candidate once in each turn, forwards and backwards by turns: a slow moment of the machine meets all of
 * them alike. Resolves with the candidates' results, in the order of the turns.
 */
export async function inTurns<C, R>(
  candidates: readonly C[],
  measure: (candidate: C, turn: number) => Promise<R>,
  { budgetMs, atLeast }: Turns,
): Promise<ReadonlyMap<C, readonly R[]>> {
  const results = new Map<C, R[]>(candidates.map((candidate) => [candidate, []]));
  const endsAt = performance.now() + budgetMs;
  for (let turn = 0; turn < atLeast || performance.now() < endsAt; turn += 1) {
    for (const candidate of turn % 2 === 0 ? candidates : candidates.toReversed()) {
      results.get(candidate)?.push(await measure(candidate, turn));
    }
  }
  return results;
}

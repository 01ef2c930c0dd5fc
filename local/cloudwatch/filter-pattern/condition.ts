/** What a filter pattern asks of a log entry. */
export type Condition =
  | { readonly kind: 'all' | 'any'; readonly conditions: readonly Condition[] }
  | ({ readonly kind: 'comparison' } & Comparison);

export interface Comparison {
  /** Members from the entry down to a value. */
  readonly path: readonly string[];
  readonly operator: Operator;
  readonly literal: Literal;
}

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';

export type Literal =
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'text'; readonly text: string }
  /** A text with `*` in it. */
  | { readonly kind: 'wildcard'; readonly expression: RegExp };

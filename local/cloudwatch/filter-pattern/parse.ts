import type { Condition, Operator } from './condition.ts';
import { literalOf } from './literal.ts';
import { pathOf, readTokens, type Token, unknownPattern } from './tokens.ts';

/**
 * Reads a filter pattern for JSON log entries (CloudWatch Logs guide, "Filter pattern syntax"): `&&` binds closer than
 * `||`. Throws `LOCAL_UNSUPPORTED` for everything else that patterns can be: terms, lists, regular expressions, `IS`,
 * `NOT EXISTS`, places in arrays.
 */
export function parseFilterPattern(pattern: string): Condition {
  const parser = new Parser(pattern);
  parser.expect('{');
  const condition = parser.anyOf();
  parser.expect('}');
  parser.expectEnd();
  return condition;
}

class Parser {
  readonly #pattern: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
    this.#tokens = readTokens(pattern);
  }

  anyOf(): Condition {
    return this.#joined('any', '||', () => this.#joined('all', '&&', () => this.#single()));
  }

  expect(symbol: string): void {
    if (!this.#skip(symbol)) throw this.#unexpected(`a ${symbol}`);
  }

  expectEnd(): void {
    if (this.#next.kind !== 'end') throw this.#unexpected('its end');
  }

  #joined(kind: 'all' | 'any', symbol: string, read: () => Condition): Condition {
    const first = read();
    const others: Condition[] = [];
    while (this.#skip(symbol)) others.push(read());
    return others.length === 0 ? first : { kind, conditions: [first, ...others] };
  }

  #single(): Condition {
    if (this.#skip('(')) {
      const inner = this.anyOf();
      this.expect(')');
      return inner;
    }
    const path = pathOf(this.#next.text);
    if (path === undefined) throw this.#unexpected('a comparison');
    this.#at += 1;
    const operator = this.#next.text;
    if (!isOperator(operator)) throw this.#unexpected('an operator');
    this.#at += 1;
    const literal = literalOf(this.#next);
    const ordering = operator !== '=' && operator !== '!=';
    if (literal === undefined) throw this.#unexpected('a number, a word or a "text"');
    if (ordering && literal.kind !== 'number') throw this.#unexpected('a number');
    this.#at += 1;
    return { kind: 'comparison', path, operator, literal };
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: 'its end' };
  }

  #skip(symbol: string): boolean {
    const found = this.#next.kind === 'symbol' && this.#next.text === symbol;
    if (found) this.#at += 1;
    return found;
  }

  #unexpected(wanted: string): Error {
    return unknownPattern(this.#pattern, `${this.#next.text} where ${wanted} is expected`);
  }
}

function isOperator(text: string): text is Operator {
  return ['=', '!=', '<', '<=', '>', '>='].includes(text);
}

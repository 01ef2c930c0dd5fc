import { GaplessError } from '../../../shared/errors.ts';

export interface Token {
  readonly kind: 'selector' | 'symbol' | 'quoted' | 'bare' | 'end';
  readonly text: string;
}

const tokens =
  /\s*(?:(?<selector>\$(?:\.[\w-]+)+)|(?<symbol>&&|\|\||[<>!]=|[=<>(){}])|(?<quoted>"(?:[^"\\]|\\["\\])*")|(?<bare>[\w.*+-]+)|(?<end>$))/y;

export function unknownPattern(pattern: string, problem: string): GaplessError {
  return new GaplessError(
    'LOCAL_UNSUPPORTED',
    `The filter pattern ${pattern} has ${problem}. The local stack knows comparisons like $.a.b = "text*" and $.a >= 5, joined by &&, || and parentheses. Write it so, or teach local/cloudwatch/filter-pattern.`,
  );
}

/** Ends with an `end` token. Throws `LOCAL_UNSUPPORTED`. */
export function readTokens(pattern: string): readonly Token[] {
  const read: Token[] = [];
  tokens.lastIndex = 0;
  while (read.at(-1)?.kind !== 'end') {
    const from = tokens.lastIndex;
    const { selector, symbol, quoted, bare } = tokens.exec(pattern)?.groups ?? {};
    if (selector !== undefined) read.push({ kind: 'selector', text: selector });
    else if (symbol !== undefined) read.push({ kind: 'symbol', text: symbol });
    else if (quoted !== undefined) read.push({ kind: 'quoted', text: quoted });
    else if (bare !== undefined) read.push({ kind: 'bare', text: bare });
    else if (pattern.slice(from).trim() === '') read.push({ kind: 'end', text: 'its end' });
    else throw unknownPattern(pattern, `"${pattern.slice(from).trim()}" where nothing known follows`);
  }
  return read;
}

/** `$.a.b` → `['a', 'b']`; `undefined` for everything else. */
export function pathOf(selector: string): readonly string[] | undefined {
  return /^\$(?:\.[\w-]+)+$/.test(selector) ? selector.split('.').slice(1) : undefined;
}

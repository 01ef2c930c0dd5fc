import type { Literal } from './condition.ts';
import type { Token } from './tokens.ts';

const number = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Quoted or not, `*` stands for any text. Without quotes only letters, digits and `_` make a text, by the guide, beside
 * parts of addresses (`123.123.*`); what looks like a number is one. `undefined`: it is no literal.
 */
export function literalOf({ kind, text }: Token): Literal | undefined {
  if (kind === 'quoted') return textOf(text.slice(1, -1).replaceAll(/\\(.)/g, '$1'));
  if (kind !== 'bare') return undefined;
  if (number.test(text)) return { kind: 'number', number: Number(text) };
  return /^(?:\w+|[\w.]*\*[\w.*]*)$/.test(text) ? textOf(text) : undefined;
}

function textOf(text: string): Literal {
  if (!text.includes('*')) return { kind: 'text', text };
  const expression = text.split('*').map(RegExp.escape).join('.*');
  return { kind: 'wildcard', expression: new RegExp(`^${expression}$`, 's') };
}

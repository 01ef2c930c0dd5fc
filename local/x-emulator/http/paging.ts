import { type Answer, invalidRequest } from './answers.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

interface PageSizes {
  /** Where the request names none. */
  readonly usual: number;
  readonly largest: number;
}

const tokenPattern = /^[0-9a-v]{16,}$/;

/** X's tokens are base32hex of at least 16 digits; here they hold the id of the last item. */
function tokenOf(id: string): string {
  return BigInt(id).toString(32).padStart(16, '0');
}

function idOf(token: string): bigint {
  return [...token].reduce((id, digit) => id * 32n + BigInt(Number.parseInt(digit, 32)), 0n);
}

/** One page of items in the order of their ids, by `max_results` and `pagination_token`; or why not. */
export function pageOf<T extends { readonly id: string }>(
  items: readonly T[],
  query: URLSearchParams,
  { usual, largest }: PageSizes,
): Page<T> | { readonly refusal: Answer } {
  const size = Number(query.get('max_results') ?? usual);
  const token = query.get('pagination_token');
  if (!Number.isInteger(size) || size < 1 || size > largest) {
    return { refusal: invalidRequest(`max_results: must be between 1 and ${largest}`) };
  }
  if (token !== null && !tokenPattern.test(token)) return { refusal: invalidRequest('pagination_token: is invalid') };
  const after = token === null ? 0n : idOf(token);
  const rest = items
    .filter(({ id }) => BigInt(id) > after)
    .sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));
  const page = rest.slice(0, size);
  const last = page.at(-1);
  return { items: page, ...(last && rest.length > size && { nextToken: tokenOf(last.id) }) };
}

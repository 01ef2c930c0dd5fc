import type { Account } from './account.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

export interface MentionSpan extends Span {
  readonly account: Account;
}

export interface HashtagSpan extends Span {
  readonly tag: string;
}

/** X counts entity positions in code points, so an emoji before a mention moves it by one, not by two. */
function codePointsBefore(text: string, index: number): number {
  return [...text.slice(0, index)].length;
}

function spanOf(text: string, index: number, length: number): Span {
  const start = codePointsBefore(text, index);
  return { start, end: start + codePointsBefore(text.slice(index), length) };
}

/** Where `text` names the accounts as `@username`; those it does not name are left out. */
export function mentionSpans(text: string, accounts: readonly Account[]): readonly MentionSpan[] {
  return accounts.flatMap((account) => {
    const mention = `@${account.username}`;
    const index = text.indexOf(mention);
    return index < 0 ? [] : [{ account, ...spanOf(text, index, mention.length) }];
  });
}

/** Where `text` has hashtags, in any script. */
export function hashtagSpans(text: string): readonly HashtagSpan[] {
  return [...text.matchAll(/#([\p{L}\p{N}\p{M}_]+)/gu)].map((match) => ({
    tag: match[1] ?? '',
    ...spanOf(text, match.index, match[0].length),
  }));
}

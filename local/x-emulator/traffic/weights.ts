/** How often a kind comes beside the others; the first part of the name that fits counts. */
const weights: readonly (readonly [part: string, weight: number])[] = [
  ['.like', 10],
  ['mention', 6],
  ['reply', 5],
  ['repost', 5],
  ['delete', 1],
  ['quote', 2],
  ['post', 6],
  ['unfollow', 1],
  ['follow', 4],
  ['.dm', 2],
  ['chat.', 2],
  ['revoke', 0.1],
];
const rareWeight = 0.5;

export function weightOf(kind: string): number {
  return weights.find(([part]) => kind.includes(part))?.[1] ?? rareWeight;
}

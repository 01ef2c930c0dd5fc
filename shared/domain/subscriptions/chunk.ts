/** The items in their order, at most `size` in each part. */
export function chunk<T extends { readonly length: number; slice(from: number, to: number): T }>(
  items: T,
  size: number,
): readonly T[] {
  const parts = Math.ceil(items.length / size);
  return Array.from({ length: parts }, (_, part) => items.slice(part * size, (part + 1) * size));
}

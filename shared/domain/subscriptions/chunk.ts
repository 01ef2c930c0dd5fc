/** The items in their order, at most `size` in each part. */
export function chunk<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const parts = Math.ceil(items.length / size);
  return Array.from({ length: parts }, (_, part) => items.slice(part * size, (part + 1) * size));
}

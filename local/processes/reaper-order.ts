/** What the parent tells its reaper. */
export type ReaperOrder =
  | { readonly kind: 'watch' | 'forget'; readonly pid: number }
  | { readonly kind: 'remove-at-end' | 'keep'; readonly path: string };

export function isReaperOrder(value: unknown): value is ReaperOrder {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (value.kind === 'watch' || value.kind === 'forget') return 'pid' in value && typeof value.pid === 'number';
  return (value.kind === 'remove-at-end' || value.kind === 'keep') && 'path' in value && typeof value.path === 'string';
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const;

/** `12 s`, `3 min`, `5 h`, `2 d`. */
export function lasting(ms: number): string {
  const unit = units.find(([, length]) => ms >= 2 * length);
  return unit === undefined ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / unit[1])} ${unit[0]}`;
}

/** XAA writes many numbers twice: `like_count` and `like_count_str`. */
export function withTwins(numbers: Readonly<Record<string, number>>): Readonly<Record<string, number | string>> {
  return Object.fromEntries(
    Object.entries(numbers).flatMap(([name, value]) => [
      [name, value],
      [`${name}_str`, String(value)],
    ]),
  );
}

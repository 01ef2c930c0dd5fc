/** An ISO time or Unix milliseconds as `2026-11-21 14:03:05` in the time zone of this machine; sorts and can be given back to `--from` and `--to`. */
export function localTime(instant: string | number): string {
  const time = new Date(instant);
  const two = (part: number) => String(part).padStart(2, '0');
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${date} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')}`;
}

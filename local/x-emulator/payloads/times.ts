/** `Mon Mar 26 16:33:26 +0000 2018`: the time format of v1.1 objects. */
export function nativeTime(atMs: number): string {
  const [day = '', date = '', month = '', year = '', clock = ''] = new Date(atMs).toUTCString().split(' ');
  return `${day.replace(',', '')} ${month} ${date} ${clock} +0000 ${year}`;
}

/** `2026-07-24T21:05:48.000Z`: the v2 objects' times have whole seconds. */
export function isoSecond(atMs: number): string {
  return new Date(Math.floor(atMs / 1000) * 1000).toISOString();
}

/** `2018-05-24T09:48:12+00:00`: the format of revocations. */
export function isoWithOffset(atMs: number): string {
  return isoSecond(atMs).replace('.000Z', '+00:00');
}

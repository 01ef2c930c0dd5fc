const maxLength = 200;

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/**
 * Why X would not take the URL, `undefined` when it would: https only, no port, at most 200 characters (docs.x.com
 * webhooks introduction). This machine's own addresses may have both, since the receiver runs here.
 */
export function urlFault(text: string): string | undefined {
  if (text.length > maxLength) return `URL is longer than ${maxLength} characters`;
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return 'URL is not a valid https URL';
  if (isLoopback(url.hostname)) return undefined;
  if (url.protocol === 'http:') return 'URL must use https';
  if (/^https:\/\/[^/?#]*:\d+([/?#]|$)/i.test(text)) return 'URL must not contain a port';
  return undefined;
}

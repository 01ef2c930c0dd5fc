const maxLength = 200;

/** Why X would refuse the address (docs.x.com webhooks introduction). An X on this machine takes its own addresses. */
export function urlFault(text: string, xApiUrl: string): string | undefined {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return 'it is not an https address';
  if (text.length > maxLength) return `it is longer than ${maxLength} characters`;
  if (isLoopback(url) && isLoopback(new URL(xApiUrl))) return undefined;
  if (url.protocol === 'http:') return 'X wants https';
  // URL leaves out the standard port, and X refuses even that.
  return /^https:\/\/[^/?#]*:\d+([/?#]|$)/i.test(text) ? 'X wants no port in it' : undefined;
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

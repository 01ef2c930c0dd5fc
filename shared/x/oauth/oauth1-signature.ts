import { createHmac, randomBytes } from 'node:crypto';

/** The app, and the account or login that a request speaks for. */
export interface OAuth1Credentials {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly token?: string;
  readonly tokenSecret?: string;
}

export interface OAuth1Request {
  readonly method: string;
  readonly url: string;
  /** Signed beside those of the URL: form fields, and `oauth_callback` or `oauth_verifier`. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** RFC 3986: all but letters, digits, `-`, `.`, `_` and `~`. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

const compare = (one: string, other: string) => Number(one > other) - Number(one < other);

/** HMAC-SHA1 over method, address and sorted parameters (docs.x.com, "Creating a signature"; RFC 5849, 3.4). */
export function oauth1Signature(
  { method, url, fields = {} }: OAuth1Request,
  oauth: Readonly<Record<string, string>>,
  { consumerSecret, tokenSecret = '' }: OAuth1Credentials,
): string {
  const { origin, pathname, searchParams } = new URL(url);
  const parameters = [...searchParams, ...Object.entries(fields), ...Object.entries(oauth)]
    .map(([name, value]) => [encode(name), encode(value)] as const)
    // By name first: as one text, `a=1` and `a1=0` would change places.
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map((pair) => pair.join('='))
    .join('&');
  const base = [method.toUpperCase(), origin + pathname, parameters].map(encode).join('&');
  return createHmac('sha1', `${encode(consumerSecret)}&${encode(tokenSecret)}`)
    .update(base)
    .digest('base64');
}

/** The `Authorization` header. `nowMs` must be real time: X refuses what is off by minutes. */
export function oauth1Header(
  request: OAuth1Request,
  credentials: OAuth1Credentials,
  nowMs: number,
  nonce = randomBytes(16).toString('hex'),
): string {
  const { oauth_callback, oauth_verifier, ...others } = request.fields ?? {};
  const oauth: Readonly<Record<string, string>> = {
    oauth_consumer_key: credentials.consumerKey,
    oauth_nonce: nonce,
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(Math.floor(nowMs / 1000)),
    oauth_version: '1.0',
    ...(credentials.token === undefined ? {} : { oauth_token: credentials.token }),
    ...(oauth_callback === undefined ? {} : { oauth_callback }),
    ...(oauth_verifier === undefined ? {} : { oauth_verifier }),
  };
  const signature = oauth1Signature({ ...request, fields: others }, oauth, credentials);
  const parts = Object.entries({ ...oauth, oauth_signature: signature });
  return `OAuth ${parts.map(([name, value]) => `${encode(name)}="${encode(value)}"`).join(', ')}`;
}

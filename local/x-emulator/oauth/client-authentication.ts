import type { XAppSecrets } from '../delivery/signer.ts';

/** The user name and password of an `Authorization: Basic` header. */
function readBasic(authorization: string | undefined) {
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [name = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':');
  return { name: decodeURIComponent(name), password: decodeURIComponent(rest.join(':')) };
}

/** Whether these are the app's consumer key and secret. The emulated app goes by any key. */
export function isConsumer(authorization: string | undefined, { consumerSecret }: XAppSecrets): boolean {
  const given = readBasic(authorization);
  return given !== undefined && given.name !== '' && given.password === consumerSecret;
}

/** A confidential client proves itself with its secret; a public one, which has none, says its id. */
export function isOAuth2Client(
  authorization: string | undefined,
  form: URLSearchParams,
  { clientSecret }: XAppSecrets,
): boolean {
  if (clientSecret === undefined) return (form.get('client_id') ?? '') !== '';
  const given = readBasic(authorization);
  return given !== undefined && given.name !== '' && given.password === clientSecret;
}

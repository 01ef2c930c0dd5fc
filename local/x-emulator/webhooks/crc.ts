import { member } from '../../../shared/domain/json.ts';
import { crcResponseToken } from '../../../shared/x/crc.ts';
import type { Exchange, Exchanger } from '../delivery/exchange.ts';
import { crcSecretOf, signedHeaders, type XAppSecrets } from '../delivery/signer.ts';
import { type Random, randomUuid } from '../random.ts';

/** `wrong` disables the webhook at once, `transient` after 28 hours without a pass (docs.x.com webhooks introduction). */
export type CrcOutcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'wrong'; readonly detail: string }
  | { readonly kind: 'transient'; readonly detail: string };

export interface CrcDeps {
  readonly exchanger: Exchanger;
  readonly secrets: XAppSecrets;
  readonly random: Random;
  /** Whether X signs its checks with the consumer secret, as only the legacy enterprise guide says. */
  readonly signsChecks: boolean;
}

/** As captured: the token is the base64 of a UUID (48 characters), the nonce that of the Unix ms, without padding. */
function makeChallenge(random: Random, nowMs: number): { readonly token: string; readonly query: string } {
  const token = Buffer.from(randomUuid(random)).toString('base64');
  const nonce = Buffer.from(String(nowMs)).toString('base64').replaceAll('=', '');
  return { token, query: `crc_token=${token}&nonce=${nonce}` };
}

/** Sends the GET of a challenge-response check and judges the answer. */
export async function checkCrc(deps: CrcDeps, url: string, nowMs: number): Promise<CrcOutcome> {
  const { token, query } = makeChallenge(deps.random, nowMs);
  const exchange = await deps.exchanger.exchange({
    method: 'GET',
    url: `${url}${url.includes('?') ? '&' : '?'}${query}`,
    headers: deps.signsChecks ? signedHeaders(deps.secrets, ['legacy'], Buffer.from(query)) : {},
  });
  return judge(exchange, crcResponseToken(token, crcSecretOf(deps.secrets)));
}

function judge(exchange: Exchange, expected: string): CrcOutcome {
  if (exchange.kind === 'failed') {
    if (exchange.failure === 'tls') return { kind: 'wrong', detail: 'URL has no valid certificate' };
    return { kind: 'transient', detail: `URL could not be reached during CRC: ${exchange.failure}` };
  }
  const { status, body } = exchange;
  if (status >= 400)
    return { kind: 'transient', detail: `URL returned bad response during CRC with status: ${status}` };
  if (status >= 300) return { kind: 'wrong', detail: `URL redirected during CRC with status: ${status}` };
  if (responseTokenOf(body) === expected) return { kind: 'passed' };
  return { kind: 'wrong', detail: 'URL returned bad response during CRC with error: Invalid `response_token`' };
}

function responseTokenOf(body: string): unknown {
  try {
    return member(JSON.parse(body), 'response_token');
  } catch {
    return undefined;
  }
}

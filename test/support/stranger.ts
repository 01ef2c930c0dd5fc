import { createExchanger } from '../../local/x-emulator/delivery/exchange.ts';
import { sign, signatureHeaders } from '../../shared/x/signature.ts';

/** Requests to the webhook's URL from somebody who knows the URL and no secret. */
export interface Flood {
  readonly url: string;
  readonly count: number;
  /** Open at once. Default 32. */
  readonly connections?: number;
}

/** How often each status came; 0 stands for no answer. */
export type FloodAnswers = ReadonlyMap<number, number>;

interface Knock {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

async function flood({ count, connections = 32 }: Flood, knockOf: (index: number) => Knock): Promise<FloodAnswers> {
  const exchanger = createExchanger(() => AbortSignal.timeout(30_000), new AbortController().signal);
  const answers = new Map<number, number>();
  let next = 0;
  const knock = async () => {
    while (next < count) {
      const exchange = await exchanger.exchange(knockOf(next++));
      const status = exchange.kind === 'answered' ? exchange.status : 0;
      answers.set(status, (answers.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: connections }, knock));
  exchanger.close();
  return answers;
}

/** By turns without a signature, with one of another secret in either header or in both, and with one that is none. */
export function floodPosts(settings: Flood): Promise<FloodAnswers> {
  return flood(settings, (index) => {
    const body = Buffer.from(JSON.stringify({ for_user_id: '1', follow_events: [{ type: 'follow', n: index }] }));
    const wrong = sign('a guess', body);
    const signatures = [
      {},
      { [signatureHeaders.oauth2]: wrong },
      { [signatureHeaders.legacy]: wrong },
      { [signatureHeaders.oauth2]: wrong, [signatureHeaders.legacy]: wrong },
      { [signatureHeaders.oauth2]: 'sha256=none' },
    ];
    const headers = { 'content-type': 'application/json', ...signatures[index % signatures.length] };
    return { method: 'POST', url: settings.url, headers, body };
  });
}

/** CRC requests as X sends them, by turns without a signature and with one that the stranger made up. */
export function floodCrcs(settings: Flood): Promise<FloodAnswers> {
  return flood(settings, (index) => {
    const token = Buffer.from(String(index).padStart(36, '0')).toString('base64');
    const query = `crc_token=${token}&nonce=${Buffer.from(String(index)).toString('base64url')}`;
    const forged = { [signatureHeaders.legacy]: sign('a guess', Buffer.from(query)) };
    return { method: 'GET', url: `${settings.url}?${query}`, headers: index % 2 === 0 ? {} : forged };
  });
}

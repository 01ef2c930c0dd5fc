import { createExchanger, type OutgoingRequest } from '../../../local/x-emulator/delivery/exchange.ts';
import { pick, type Random, randomBelow, randomHex } from '../../../local/x-emulator/random.ts';
import { member } from '../../../shared/domain/json.ts';
import { sign, signatureHeaders } from '../../../shared/x/signature.ts';
import { signing } from '../../support/local-stack.ts';
import type { FaultOf, Forgery } from '../fault.ts';
import type { Performance, Stage } from '../stage.ts';
import { someBody } from './repeats.ts';
import { spread } from './spread.ts';

/** What the stack's second app, a brand's, signs with. */
export const otherApp = { consumerSecret: 'other-consumer-secret', clientSecret: 'other-client-secret' };

const startLimit = () => AbortSignal.timeout(15_000);

/** Requests that X did not make. None may be answered with 200 but a CRC, and nothing of them may be stored. */
export async function forge(
  { forgery, count }: FaultOf<'forgeries'>,
  { stage, random, forMs, signal }: Performance,
): Promise<void> {
  const { account } = stage;
  const exchanger = createExchanger(startLimit, new AbortController().signal);
  const send = async (request: OutgoingRequest) => {
    const exchange = await exchanger.exchange(request);
    return exchange.kind === 'answered' ? exchange : { status: 0, body: '' };
  };
  const sent: Promise<void>[] = [];
  await spread(count, forMs, signal, () => {
    const forged = forgedRequest(forgery, stage, random, async (check) => (await send(check)).body);
    sent.push(
      forged.then(async (request) => {
        if (request === undefined) return;
        const { status } = await send(request);
        if (request.method === 'POST') account.forged.set(status, (account.forged.get(status) ?? 0) + 1);
      }),
    );
  });
  await Promise.all(sent);
  exchanger.close();
}

type AskCrc = (check: OutgoingRequest) => Promise<string>;

async function forgedRequest(
  forgery: Forgery,
  { stack, x }: Stage,
  random: Random,
  askCrc: AskCrc,
): Promise<OutgoingRequest | undefined> {
  const url = stack.webhookUrl;
  const post = (body: Uint8Array, headers: Readonly<Record<string, string>>): OutgoingRequest => ({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const follow = Buffer.from(
    `{"for_user_id":"29010112","follow_events":[{"type":"follow","forged":"${randomHex(random, 12)}"}]}`,
  );
  const token = Buffer.from(randomHex(random, 36)).toString('base64');
  switch (forgery) {
    case 'unsigned':
      return post(follow, {});
    case 'other-secret': {
      const wrong = sign(randomHex(random, 20), follow);
      const headers = pick(random, [
        { [signatureHeaders.oauth2]: wrong },
        { [signatureHeaders.legacy]: wrong },
        { [signatureHeaders.oauth2]: wrong, [signatureHeaders.legacy]: wrong },
        { [signatureHeaders.oauth2]: 'sha256=' },
      ]);
      return post(follow, headers);
    }
    case 'other-app': {
      // A brand's secret at the default app's door, or the other way round.
      const [door, secrets] = random() < 0.5 ? [url, otherApp] : [`${url}/brand`, signing];
      const headers = {
        [signatureHeaders.oauth2]: sign(secrets.clientSecret, follow),
        [signatureHeaders.legacy]: sign(secrets.consumerSecret, follow),
      };
      return { ...post(follow, headers), url: door };
    }
    case 'tampered': {
      const genuine = someBody(x, random);
      if (genuine === undefined) return undefined;
      const tampered = Buffer.from(genuine);
      const at = randomBelow(random, tampered.length);
      tampered[at] = (tampered[at] ?? 0) ^ (1 + randomBelow(random, 255));
      return post(tampered, { [signatureHeaders.oauth2]: sign(signing.clientSecret, genuine) });
    }
    case 'crc-token-body': {
      // Anybody can have a token signed by asking for its CRC, and send it as a body.
      const answer = await askCrc({ method: 'GET', url: `${url}?crc_token=${encodeURIComponent(token)}`, headers: {} });
      const signature = answer === '' ? undefined : member(JSON.parse(answer), 'response_token');
      if (typeof signature !== 'string') return undefined;
      return post(Buffer.from(token), { [signatureHeaders.oauth2]: signature, [signatureHeaders.legacy]: signature });
    }
    case 'checks':
      return {
        method: 'GET',
        url: `${url}?crc_token=${encodeURIComponent(token)}&nonce=${randomHex(random, 8)}`,
        headers: random() < 0.5 ? {} : { [signatureHeaders.legacy]: sign('a guess', Buffer.from(token)) },
      };
  }
}

import { createExchanger } from '../../../local/x-emulator/delivery/exchange.ts';
import type { XEmulator } from '../../../local/x-emulator/index.ts';
import { type Random, randomBelow } from '../../../local/x-emulator/random.ts';
import { sign, signatureHeaders } from '../../../shared/x/signature.ts';
import { signing } from '../../support/local-stack.ts';
import type { FaultOf } from '../fault.ts';
import type { Performance } from '../stage.ts';
import { spread } from './spread.ts';

/** The body of some event that X has delivered; `undefined`: there is none yet. */
export function someBody({ sent }: XEmulator, random: Random): Uint8Array | undefined {
  const delivered = [...sent.events.values()].filter(({ outcome }) => outcome === 'delivered');
  return delivered[randomBelow(random, delivered.length)]?.body;
}

/** A stranger who got hold of genuine deliveries sends them again, byte for byte. */
export async function repeat(
  { count }: FaultOf<'repeats'>,
  { stage, random, forMs, signal }: Performance,
): Promise<void> {
  const exchanger = createExchanger(() => AbortSignal.timeout(15_000), new AbortController().signal);
  await spread(count, forMs, signal, async () => {
    const body = someBody(stage.x, random);
    if (body === undefined) return;
    const headers = { 'content-type': 'application/json', [signatureHeaders.oauth2]: sign(signing.clientSecret, body) };
    const exchange = await exchanger.exchange({ method: 'POST', url: stage.stack.webhookUrl, headers, body });
    if (exchange.kind === 'answered' && exchange.status === 200) stage.account.repeats += 1;
  });
  exchanger.close();
}

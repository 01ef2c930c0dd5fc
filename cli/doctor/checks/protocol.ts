import { randomBytes } from 'node:crypto';
import { signatureHeaders } from '../../../shared/x/signature.ts';
import { playCrc } from '../../webhook/play-crc.ts';
import type { Check } from '../run-checks.ts';
import type { Site } from '../site.ts';
import { isSlow, judgeCrc, judgeForgery, judgeOracle } from '../verdicts/crc.ts';
import { judgeSecrets } from '../verdicts/secrets.ts';

/** As X gives up on an address. */
const timeoutMs = 10_000;

/** How the address answers X, and whoever pretends to be X. Nothing that is sent here can be stored. */
export const protocolChecks: readonly Check<Site>[] = [
  {
    name: 'secrets',
    needs: [],
    look: async ({ secrets, target, command }) => judgeSecrets(await secrets(), target.clock.now(), command),
  },
  {
    name: 'crc',
    needs: ['secrets'],
    async look({ app, url, target: { clock }, secrets, command }) {
      const known = await secrets();
      const first = await playCrc(url, known, clock);
      // This program still loads its other parts beside it, and the receiver may have had to start.
      const result = isSlow(first) ? await playCrc(url, known, clock) : first;
      return judgeCrc(result, known, { app, nowMs: clock.now(), command });
    },
  },
  {
    name: 'oracle',
    needs: ['crc'],
    async look({ url }) {
      const token = new URLSearchParams({ crc_token: '{"for_user_id":"1"}' });
      const { status, body } = await send(`${url}?${token}`, {});
      return judgeOracle(status, body);
    },
  },
  {
    name: 'forgery',
    // Before that the receiver answers everybody alike.
    needs: ['crc'],
    async look({ url }) {
      const madeUp = `sha256=${randomBytes(32).toString('base64')}`;
      const headers = { 'content-type': 'application/json', [signatureHeaders.oauth2]: madeUp };
      const { status } = await send(url, { method: 'POST', headers, body: '{"made_up":"by gapless doctor"}' });
      return judgeForgery(status);
    },
  },
];

async function send(url: string, request: RequestInit): Promise<{ readonly status: number; readonly body: string }> {
  const response = await fetch(url, { ...request, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
  return { status: response.status, body: await response.text() };
}

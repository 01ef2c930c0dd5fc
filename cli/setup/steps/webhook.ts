import { GaplessError } from '../../../shared/errors.ts';
import { openAppSecrets } from '../../credentials/open-stores.ts';
import { webhookUrlOf } from '../../target/webhook-url.ts';
import { awaitEndpoint } from '../../webhook/await-endpoint.ts';
import { register } from '../../webhook/register.ts';
import { urlFault } from '../../webhook/url-fault.ts';
import { openWebhooks } from '../../webhook/x-access.ts';
import { type Step, there } from '../setup.ts';

/** X disables a webhook that does not pass its check, so it is played from here first. */
export const endpointStep: Step = {
  name: 'endpoint',
  async look({ target, app, terminal, patienceMs, command }) {
    const url = webhookUrlOf(target, app);
    const secrets = await (await openAppSecrets(target, app)).read();
    await awaitEndpoint(secrets, { url, app, command, clock: target.clock, note: terminal.note, patienceMs });
    return there(`${url} passes X's check`);
  },
};

export const webhookStep: Step = {
  name: 'webhook',
  async look({ target, app, terminal, command }) {
    const url = webhookUrlOf(target, app);
    const fault = urlFault(url, target.xApiUrl);
    if (fault !== undefined) throw new GaplessError('WEBHOOK_NOT_READY', `${url} cannot be registered: ${fault}.`);
    const x = await openWebhooks(target, app, terminal);
    const known = (await x.list()).find((webhook) => webhook.url === url);
    if (known?.valid) return there(`X has ${known.webhookId}, valid`);
    return {
      kind: 'todo',
      would: known === undefined ? `register ${url}` : `have X check ${known.webhookId} again`,
      async act() {
        const { webhookId, valid, outcome } = await register(x, url);
        if (valid) return `${outcome} ${webhookId}, valid`;
        throw new GaplessError(
          'WEBHOOK_NOT_READY',
          `X shows webhook ${webhookId} as not valid after its check, though the same check from here passed: compare the app's secret with the developer portal, then ${command('webhook validate')}.`,
        );
      },
    };
  },
};

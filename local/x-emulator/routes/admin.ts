import type { Clock } from '../../../shared/ports.ts';
import type { Emit } from '../delivery/emit.ts';
import { invalidRequest, ok } from '../http/answers.ts';
import { openRoute, type Route } from '../http/route.ts';
import type { SentLog } from '../state/sent-log.ts';
import { type Store, webhookOf } from '../state/store.ts';
import type { Traffic } from '../traffic/traffic.ts';
import { explaining } from './admin-fields.ts';
import { parseEmission, parseTraffic } from './admin-requests.ts';

interface AdminDeps {
  readonly clock: Clock;
  readonly store: Store;
  readonly sent: Pick<SentLog, 'counts'>;
  readonly traffic: Traffic;
  readonly emit: Emit;
}

/** What X does not have: the emulator's own controls, for tests and for people, without authentication. */
export function adminRoutes({ clock, store, sent, traffic, emit }: AdminDeps): readonly Route[] {
  const firstWebhook = () => store.state.webhooks[0]?.id;

  return [
    // Answers with the receiver's status for each copy.
    openRoute(
      'POST /admin/emit',
      explaining(async ({ body }) => {
        const { streamOnly, ...emission } = parseEmission(body);
        if (streamOnly) return ok(await emit({ ...emission, webhookId: undefined }));
        const webhookId = emission.webhookId ?? firstWebhook();
        if (webhookId === undefined || webhookOf(store, webhookId) === undefined) {
          return invalidRequest('webhookId: there is no such webhook. Register one with POST /2/webhooks first.');
        }
        return ok(await emit({ ...emission, webhookId }));
      }),
    ),

    openRoute(
      'POST /admin/traffic',
      explaining(({ body }) => {
        const options = parseTraffic(body);
        if (options === 'stop') traffic.stop();
        else traffic.start(options);
        return ok({ traffic: traffic.running ?? null });
      }),
    ),

    openRoute('GET /admin/state', () =>
      ok({
        now: new Date(clock.now()).toISOString(),
        traffic: traffic.running ?? null,
        sent: sent.counts(),
        ...store.state,
      }),
    ),
  ];
}

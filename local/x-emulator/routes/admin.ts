import type { Clock } from '../../../shared/ports.ts';
import type { Emit } from '../delivery/emit.ts';
import { type Answer, invalidRequest, ok } from '../http/answers.ts';
import { openRoute, type Route, type XRequest } from '../http/route.ts';
import type { SentLog } from '../state/sent-log.ts';
import { type Store, webhookOf } from '../state/store.ts';
import type { Traffic } from '../traffic/traffic.ts';
import { AdminRequestError, parseEmission, parseTraffic } from './admin-requests.ts';

interface AdminDeps {
  readonly clock: Clock;
  readonly store: Store;
  readonly sent: SentLog;
  readonly traffic: Traffic;
  readonly emit: Emit;
}

function explaining(handle: (request: XRequest) => Answer | Promise<Answer>) {
  return async (request: XRequest) => {
    try {
      return await handle(request);
    } catch (error) {
      if (error instanceof AdminRequestError) return invalidRequest(error.message);
      throw error;
    }
  };
}

/** What X does not have: the emulator's own controls, for tests and for people, without authentication. */
export function adminRoutes({ clock, store, sent, traffic, emit }: AdminDeps): readonly Route[] {
  const firstWebhook = () => store.state.webhooks[0]?.id;

  return [
    // Answers with the receiver's status for each copy.
    openRoute(
      'POST /admin/emit',
      explaining(async ({ body }) => {
        const emission = parseEmission(body);
        const webhookId = emission.webhookId ?? firstWebhook();
        if (webhookId === undefined || webhookOf(store, webhookId) === undefined) {
          return invalidRequest('webhookId: there is no such webhook. Register one with POST /2/webhooks first.');
        }
        return ok(await emit({ ...emission, webhookId }));
      }),
    ),

    // `?list=false` leaves the list out.
    openRoute('GET /admin/sent', ({ query }) => {
      const events = [...sent.events.values()].map(({ body: _, ...event }) => event);
      return ok({ counts: sent.counts(), ...(query.get('list') !== 'false' && { events }) });
    }),

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

import type { Exchanger } from '../delivery/exchange.ts';
import { type Outages, outageOf } from './outages.ts';

/** Port 1 (tcpmux) is privileged, so nobody takes it by chance. */
const deadOrigin = 'http://127.0.0.1:1';

/** Deliveries and CRCs alike are lost while X cannot reach the receiver. */
export function exchangeInOutages(exchanger: Exchanger, outages: Pick<Outages, 'current'>): Exchanger {
  return {
    async exchange(request) {
      if (outageOf(outages, 'silent')) return { kind: 'failed', failure: 'connection' };
      if (!outageOf(outages, 'dead-url')) return exchanger.exchange(request);
      const { pathname, search } = new URL(request.url);
      return exchanger.exchange({ ...request, url: `${deadOrigin}${pathname}${search}` });
    },
    close: () => exchanger.close(),
  };
}

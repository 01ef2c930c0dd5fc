import type { AppSecrets } from '../../../shared/x/app-secrets.ts';

export const nowMs = Date.parse('2026-11-21T10:00:00.000Z');

const entry = (value: string, validUntil?: number) => (validUntil === undefined ? { value } : { value, validUntil });

/** What Secrets Manager holds for each app: of each kind a current secret, one that ends soon, and one that has ended. */
export const newest: Readonly<Record<'default' | 'shop', AppSecrets>> = {
  default: {
    consumerSecrets: [
      entry('new-consumer'),
      entry('consumer'),
      entry('late-consumer', nowMs + 1),
      entry('old-consumer', nowMs),
    ],
    clientSecrets: [entry('new-client'), entry('client'), entry('late-client', nowMs + 1), entry('old-client', nowMs)],
  },
  shop: { consumerSecrets: [entry('shop-consumer')], clientSecrets: [] },
};

/** What a process knows that asked before the last rotation. */
export const known: typeof newest = {
  default: {
    consumerSecrets: newest.default.consumerSecrets.slice(1),
    clientSecrets: newest.default.clientSecrets.slice(1),
  },
  shop: newest.shop,
};

/** Under what each header is proven at `nowMs`. */
export const live = {
  default: { legacy: ['new-consumer', 'consumer', 'late-consumer'], oauth2: ['new-client', 'client', 'late-client'] },
  shop: { legacy: ['shop-consumer'], oauth2: [] },
} as const;

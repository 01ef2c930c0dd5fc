import type { LedgerKey } from './ledger-keys.ts';

/** Keys of what operators leave in the ledger. */
export const operatorKeys = {
  /** Who spends a refresh token; `fingerprint` stands for the token. */
  refreshClaim: (app: string, userId: string, fingerprint: string): LedgerKey => ({
    pk: `refresh#${app}`,
    sk: `${userId}#${fingerprint}`,
  }),
  /** Until when nobody may make X check the webhook. */
  validationHold: (app: string): LedgerKey => ({ pk: `hold#${app}`, sk: 'validation' }),
} as const;

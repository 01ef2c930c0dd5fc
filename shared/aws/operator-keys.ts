import type { LedgerKey } from './ledger-keys.ts';

/** Keys of what operators leave in the ledger; docs/data-model.md lists them. */
export const operatorKeys = {
  /** Pattern 17. Who spends a refresh token; `fingerprint` stands for the token. */
  refreshClaim: (app: string, userId: string, fingerprint: string): LedgerKey => ({
    pk: `refresh#${app}`,
    sk: `${userId}#${fingerprint}`,
  }),
  /** Pattern 18. Until when nobody may make X check the webhook. */
  validationHold: (app: string): LedgerKey => ({ pk: `hold#${app}`, sk: 'validation' }),
} as const;

import type { LocalClock } from '../../clock.ts';
import { type Outages, outageOf } from '../outages/outages.ts';
import type { Outstanding } from '../outstanding.ts';
import { type Store, webhookOf } from '../state/store.ts';
import type { Webhook } from '../state/x-state.ts';
import { type CrcDeps, type CrcOutcome, checkCrc } from './crc.ts';

const hourMs = 3_600_000;
/** The newest wording: looked at every 30 minutes, checked when the last pass is a day old, 4 hours of grace after that. */
const lookEveryMs = hourMs / 2;
const staleAfterMs = 24 * hourMs;
const toleratedMs = 28 * hourMs;

export interface Validator {
  /** Checks a URL that is not registered yet. */
  check(url: string): Promise<CrcOutcome>;
  /** Checks a registered webhook, whose validity follows; `undefined` when it is gone. */
  validate(webhookId: string): Promise<CrcOutcome | undefined>;
  /** Starts a check of a registered webhook; its validity follows when the answer is in. */
  trigger(webhookId: string): void;
  /** Checks on X's schedule until the signal aborts. An invalid webhook stays so until somebody triggers a check. */
  runPeriodically(): Promise<never>;
}

interface ValidatorDeps extends CrcDeps {
  readonly clock: LocalClock;
  readonly store: Store;
  readonly outages: Pick<Outages, 'current'>;
  readonly outstanding: Outstanding;
  readonly signal: AbortSignal;
}

/** The webhook after a check that ended at `nowMs`. */
function judged(webhook: Webhook, outcome: CrcOutcome, nowMs: number): Webhook {
  if (outcome.kind === 'passed') return { ...webhook, valid: true, validatedAtMs: nowMs };
  const tolerated = outcome.kind === 'transient' && nowMs - webhook.validatedAtMs <= toleratedMs;
  return { ...webhook, valid: webhook.valid && tolerated };
}

export function createValidator(deps: ValidatorDeps): Validator {
  const { clock, store, outages, outstanding, signal } = deps;
  const check = (url: string) => checkCrc(deps, url, clock.now());

  const validate = async (webhookId: string) => {
    const webhook = webhookOf(store, webhookId);
    if (webhook === undefined) return undefined;
    const outcome = await check(webhook.url);
    const nowMs = clock.now();
    if (outageOf(outages, 'invalid')) return outcome;
    store.change((state) => ({
      ...state,
      webhooks: state.webhooks.map((other) => (other.id === webhookId ? judged(other, outcome, nowMs) : other)),
    }));
    return outcome;
  };
  const trigger = (webhookId: string) => outstanding.track(validate(webhookId));

  return {
    check,
    validate,
    trigger,
    async runPeriodically() {
      for (;;) {
        await clock.sleepUntil(clock.now() + lookEveryMs, { signal });
        for (const { id, valid, validatedAtMs } of store.state.webhooks) {
          if (valid && clock.now() - validatedAtMs >= staleAfterMs) trigger(id);
        }
      }
    },
  };
}

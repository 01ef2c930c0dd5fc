import { member } from '../../../shared/domain/json.ts';
import type { Clock } from '../../../shared/ports.ts';
import { type Store, webhookOf } from '../state/store.ts';
import type { Validator } from '../webhooks/validator.ts';
import type { ReplayJob, StartedBy } from './replay-job.ts';
import type { ReplayJobs } from './replay-jobs.ts';
import type { ReplayRules } from './replay-rules.ts';
import type { RefusalReason, ReplayScript } from './replay-script.ts';
import { readWindow } from './replay-window.ts';

export type ReplayOutcome =
  | { readonly kind: 'started'; readonly job: ReplayJob; readonly script: ReplayScript }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly detail: string };

export interface ReplayRequests {
  /** `request` in X's words: `webhook_id`, `from_date`, `to_date`. Without a script: the next one of the list. */
  ask(request: unknown, startedBy: StartedBy, script?: ReplayScript): Promise<ReplayOutcome>;
  /** What becomes of the next requests that X's own rules let through; replaces what is left. After them: `complete`. */
  script(next: readonly ReplayScript[]): void;
}

interface ReplayRequestsDeps {
  readonly clock: Clock;
  readonly store: Store;
  readonly validator: Pick<Validator, 'validate'>;
  readonly jobs: ReplayJobs;
  readonly rules: ReplayRules;
}

function refuse(reason: RefusalReason, detail: string): ReplayOutcome {
  return { kind: 'refused', reason, detail };
}

export function createReplayRequests(deps: ReplayRequestsDeps): ReplayRequests {
  const { clock, store, validator, jobs, rules } = deps;
  let scripts: readonly ReplayScript[] = [];
  /** Webhooks whose job X is just checking. */
  const asking = new Set<string>();

  const takeScript = (): ReplayScript => {
    const [next, ...others] = scripts;
    scripts = others;
    return next ?? { behaviour: 'complete' };
  };

  const check = async (webhookId: string): Promise<string | undefined> => {
    const outcome = await validator.validate(webhookId);
    if (outcome?.kind !== 'passed') return outcome?.detail ?? 'Webhook does not exist';
    return webhookOf(store, webhookId)?.valid ? undefined : 'Webhook is not valid';
  };

  return {
    script(next) {
      scripts = next;
    },
    async ask(request, startedBy, given) {
      const webhookId = String(member(request, 'webhook_id'));
      const read = readWindow(member(request, 'from_date'), member(request, 'to_date'), clock.now(), rules);
      if (read.fault !== undefined) return refuse('QueryParamInvalid', read.fault);
      if (webhookOf(store, webhookId) === undefined) return refuse('WebhookIdInvalid', 'Webhook does not exist');
      if (asking.has(webhookId) || jobs.isBusy(webhookId)) {
        return refuse('ReplayConflictError', 'A replay job is already running for this webhook');
      }
      const script = given ?? takeScript();
      if (script.behaviour === 'refuse') return refuse(script.reason ?? 'ReplayConflictError', 'refused as scripted');
      asking.add(webhookId);
      try {
        const fault = await check(webhookId);
        if (fault === undefined) {
          return { kind: 'started', job: jobs.start(webhookId, read.window, startedBy, script), script };
        }
        // Not this job's turn yet.
        if (given === undefined) scripts = [script, ...scripts];
        return refuse('CrcValidationFailed', fault);
      } finally {
        asking.delete(webhookId);
      }
    },
  };
}

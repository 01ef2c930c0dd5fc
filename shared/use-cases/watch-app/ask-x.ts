import { answerReplay, answerValidation } from '../../domain/gaps/watch.ts';
import type { WatchRules } from '../../domain/gaps/watch-rules.ts';
import type { Effect, Tick } from '../../domain/gaps/watch-state.ts';
import type { Clock } from '../../ports.ts';
import type { WatchLedger, XWebhooks } from '../../watch-ports.ts';

interface AskDeps {
  readonly clock: Clock;
  readonly ledger: WatchLedger;
  readonly x: XWebhooks;
  readonly rules: WatchRules;
}

/** What X was asked, and in one word what it answered. */
export interface Asked {
  readonly what: Effect['kind'];
  readonly answer: string;
  /** For a person, where X did not do what it was asked. */
  readonly problem?: string;
}

interface Answered extends Asked {
  readonly apply: (tick: Tick) => Tick;
}

/** Another tick may write at the same time, but not for ever. */
const mostTries = 3;

/** Asks X for what `saved` intends, one thing after the other, and writes each answer down at once. */
export async function askX(
  deps: AskDeps,
  saved: Tick,
  effects: readonly Effect[],
  nowMs: number,
): Promise<{ readonly tick: Tick; readonly asked: readonly Asked[] }> {
  const asked: Asked[] = [];
  let tick = saved;
  for (const effect of effects) {
    const { webhookId } = tick.state;
    if (webhookId === undefined) continue;
    const { apply, ...told } = await ask(deps, effect, webhookId, nowMs);
    asked.push(told);
    tick = await record(deps.ledger, tick, apply);
  }
  return { tick, asked };
}

async function ask({ clock, x, rules }: AskDeps, effect: Effect, webhookId: string, nowMs: number): Promise<Answered> {
  if (effect.kind === 'validate') {
    const sentAtMs = clock.now();
    const { answer, why } = await x.validate(webhookId);
    return {
      what: effect.kind,
      answer,
      ...(why !== undefined && { problem: `no validation: ${why}` }),
      apply: ({ state, gaps }) => ({ state: answerValidation(state, nowMs, { answer, sentAtMs }), gaps }),
    };
  }
  const answer = await x.replay(webhookId, effect.window, nowMs);
  return {
    what: effect.kind,
    answer: answer.kind,
    ...('why' in answer && { problem: `no replay: ${answer.why}` }),
    apply: (tick) => (isClaimOf(tick, nowMs) ? answerReplay(tick, answer, nowMs, rules) : tick),
  };
}

/** A later tick may have asked X again: then this answer is an old one. */
function isClaimOf({ state: { job } }: Tick, nowMs: number): boolean {
  return job?.state === 'claimed' && job.claimedAtMs === nowMs;
}

/** If another tick wrote in between, the answer goes into what that one left. Unrecorded, it is asked for again later. */
async function record(ledger: WatchLedger, tick: Tick, apply: (tick: Tick) => Tick): Promise<Tick> {
  let current = tick;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const saved = await ledger.save(current, apply(current));
    if (saved !== undefined) return saved;
    current = await ledger.load(tick.state.app);
  }
  return current;
}

import type { StreamRules } from '../../domain/stream/stream-rules.ts';
import type { SlotHold, SlotNote, StreamSlot } from '../../domain/stream/stream-slot.ts';
import type { Clock } from '../../ports.ts';
import type { StreamLease, Timer } from '../../stream-ports.ts';
import type { TellNews } from './stream-news.ts';
import { lookOften } from './wait.ts';

export type LeavingReason = 'handed-over' | 'ended' | 'lease-lost' | 'out-of-time';

export interface KeepSlotDeps {
  readonly clock: Clock;
  readonly timer: Timer;
  readonly lease: StreamLease;
  readonly rules: StreamRules;
  readonly app: string;
  /** Real milliseconds that the function may still run. */
  readonly remainingMs: () => number;
  /** Called with every renewal, which it may not fail: what was proven since is written then, too. */
  readonly onRenew: () => Promise<void>;
  readonly tell: TellNews;
}

/** A slot as it is held, and the life of who holds it. */
export interface SlotKeeper {
  /** Aborts when the holder must not be connected any more. */
  readonly life: AbortSignal;
  /** Both slots as they were last seen. */
  readonly slots: readonly StreamSlot[];
  readonly hold: SlotHold;
  /** Why its life ended. */
  readonly reason: LeavingReason | undefined;
  leave(reason: LeavingReason): void;
  /** Takes effect at once; it is written with a renewal, which is due now. */
  change(
    hold: { readonly phase: SlotHold['phase']; readonly connectedAtMs?: number },
    note?: (before: SlotNote) => SlotNote,
  ): void;
  /** Frees the slot. */
  close(): Promise<void>;
}

/** What has to be done before the function's time is over: the last lines, the coverage, the slot. */
const marginMs = 20_000;

/**
 * Renews the hold until the holder leaves. A hold that can't be renewed ends before it is over for others.
 * `seen`: both slots as they were before.
 */
export function keepSlot(
  deps: KeepSlotDeps,
  taken: StreamSlot & { readonly hold: SlotHold },
  seen: readonly StreamSlot[],
): SlotKeeper {
  const { clock, timer, lease, rules, app, tell } = deps;
  const life = new AbortController();
  let held = taken;
  let slots = seen;
  let renewAtMs = taken.hold.renewedAtMs + rules.renewEveryMs;
  let renewing: Promise<void> | undefined;
  let reason: LeavingReason | undefined;

  const leave = (why: LeavingReason) => {
    reason ??= why;
    life.abort();
  };

  const renew = async () => {
    const renewedAtMs = clock.now();
    renewAtMs = renewedAtMs + rules.renewEveryMs;
    const renewed = { renewedAtMs, expiresAtMs: renewedAtMs + rules.leaseMs };
    const [kept, both] = await Promise.all([
      lease.renew(app, { ...held, hold: { ...held.hold, ...renewed } }),
      lease.slots(app),
      deps.onRenew(),
    ]);
    if (!kept) return leave('lease-lost');
    held = { ...held, hold: { ...held.hold, ...renewed } };
    slots = both;
    tell({ kind: 'alive', connected: held.hold.phase === 'connected' });
  };
  const tryToRenew = () =>
    renew().catch((error: unknown) => {
      renewAtMs = clock.now() + rules.renewEveryMs / 4;
      tell({ kind: 'trouble', what: 'the hold could not be renewed', error });
    });

  const keeping = lookOften(timer, life.signal, () => {
    const nowMs = clock.now();
    if (nowMs >= held.hold.expiresAtMs - rules.leaseMs / 5) leave('lease-lost');
    else if (deps.remainingMs() <= marginMs) leave('out-of-time');
    else if (nowMs >= renewAtMs) {
      renewing ??= tryToRenew().finally(() => {
        renewing = undefined;
      });
    }
  });

  return {
    life: life.signal,
    leave,
    get slots() {
      return slots;
    },
    get hold() {
      return held.hold;
    },
    get reason() {
      return reason;
    },
    change({ phase, connectedAtMs }, note) {
      const { connectedAtMs: _former, ...hold } = held.hold;
      const now = connectedAtMs === undefined ? {} : { connectedAtMs };
      held = { ...held, hold: { ...hold, phase, ...now }, note: note?.(held.note) ?? held.note };
      renewAtMs = clock.now();
    },
    async close() {
      life.abort();
      await keeping;
      await renewing;
      if (reason === 'lease-lost') return;
      await lease.release(app, held).catch((error: unknown) => {
        tell({ kind: 'trouble', what: 'the slot could not be freed', error });
      });
    },
  };
}

import type { Interval } from '../../domain/gaps/interval.ts';
import { backOffMs } from '../../domain/stream/back-off.ts';
import { recoveryRequest, recoveryWindows } from '../../domain/stream/reach-back.ts';
import type { SlotKeeper } from './keep-slot.ts';
import { type ConnectionEnd, readConnection } from './read-connection.ts';
import type { StayConnectedDeps } from './stay-connected.ts';
import { lookOften } from './wait.ts';

/** Fetches what breaks left out, oldest first, on the second connection, until the reader's successor needs it. */
export async function recoverBreaks(
  deps: StayConnectedDeps,
  keeper: SlotKeeper,
  breaks: readonly Interval[],
): Promise<void> {
  const { clock, app, tell } = deps;
  const watching = lookOften(deps.timer, keeper.life, () => {
    if (clock.now() >= keeper.hold.endsAtMs) keeper.leave('ended');
  });
  for (const window of recoveryWindows(breaks)) {
    if (keeper.life.aborted) break;
    const connectedAtMs = clock.now();
    const request = { kind: 'recovery', span: recoveryRequest(window) } as const;
    const onOpen = async () => keeper.change({ phase: 'recovering', connectedAtMs });
    const end = await readConnection({ ...deps, onOpen }, request, keeper.life);
    if (end.kind !== 'closed' || !end.complete) {
      // What is left of the breaks is the next tick's, unless X will not have it.
      noteRefusal(keeper, end, clock.now());
      tell({ kind: 'recovery-ended', span: window, why: 'name' in end ? end.name : end.kind });
      break;
    }
    await deps.sessions.save({ ...window, app, kind: 'recovery', holder: keeper.hold.holder, connectedAtMs });
    tell({ kind: 'recovered', span: window });
  }
  keeper.leave('ended');
  await watching;
}

function noteRefusal(keeper: SlotKeeper, end: ConnectionEnd, nowMs: number): void {
  if (end.kind !== 'refused') return;
  const untilMs = Math.max(nowMs + backOffMs({ kind: 'limited', count: 1 }), end.retryAtMs ?? 0);
  const change =
    end.status === 400 || end.status === 403
      ? { recoveryRefusedAtMs: nowMs }
      : end.status === 429
        ? { notBeforeMs: untilMs }
        : {};
  keeper.change({ phase: 'recovering' }, (note) => ({ ...note, ...change }));
}

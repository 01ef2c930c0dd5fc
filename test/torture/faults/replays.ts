import { newGap } from '../../../shared/domain/gaps/gap.ts';
import { minuteMs } from '../../../shared/domain/gaps/interval.ts';
import type { FaultOf } from '../fault.ts';
import type { Performance } from '../stage.ts';

/** X takes nothing younger than half an hour as a beginning, and nothing younger than ten minutes as an end. */
const [youngestFromMs, youngestToMs] = [32 * minuteMs, 11 * minuteMs];

/** Somebody has X replay what no gap needs. */
export async function askForReplay({ by, backMs }: FaultOf<'replay'>, { stage }: Performance): Promise<void> {
  const { x, readers, webhookId, stack, say } = stage;
  const nowMs = stack.clock.now();
  const minutes = (ms: number) => Math.floor(ms / minuteMs) * minuteMs;
  const span = { fromMs: minutes(nowMs - Math.max(backMs, youngestFromMs)), toMs: minutes(nowMs - youngestToMs) };
  if (by === 'person-at-x') {
    const date = (ms: number) => new Date(ms).toISOString().replaceAll(/\D/g, '').slice(0, 12);
    const request = { webhook_id: webhookId, from_date: date(span.fromMs), to_date: date(span.toMs) };
    const outcome = await x.replays.ask(request, 'person', { behaviour: 'complete' });
    say(`a person's replay: ${outcome.kind === 'refused' ? outcome.detail : 'started'}`);
    return;
  }
  const found = { reason: 'manual', state: 'open', ...span, expectedPerMinute: 0, line: 'asked for by hand' } as const;
  const opened = await readers.ledger
    .open(newGap({ nowMs, app: 'default', webhookId }, found))
    .catch(() => 'table away');
  say(`an operator's replay: ${opened}`);
}

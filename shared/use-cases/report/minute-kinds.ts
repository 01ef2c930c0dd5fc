import { type Gap, isWebhookOutage } from '../../domain/gaps/gap.ts';
import { type Interval, minuteMs, overlap } from '../../domain/gaps/interval.ts';
import type { CoverageMinute } from '../../watch-ports.ts';

/** Each minute is one of them. `quiet`: nothing came, and no detector found fault with that. */
export interface MinuteKinds {
  readonly withDeliveries: number;
  readonly quiet: number;
  /** Whatever came in them: something may have been missing. */
  readonly inGap: number;
}

/** `span`: whole minutes. */
export function countMinutes(
  span: Interval,
  minutes: readonly CoverageMinute[],
  gaps: readonly Gap[],
  nowMs: number,
): MinuteKinds {
  const outages = gaps.filter(isOutage).map((gap) => ({ fromMs: gap.fromMs, toMs: gap.toMs ?? nowMs }));
  const busy = new Set(minutes.filter(({ deliveries }) => deliveries > 0).map(({ minuteMs: at }) => at));
  const kinds = { withDeliveries: 0, quiet: 0, inGap: 0 };
  for (let fromMs = span.fromMs; fromMs < span.toMs; fromMs += minuteMs) {
    const minute = { fromMs, toMs: fromMs + minuteMs };
    if (outages.some((outage) => overlap(outage, minute))) kinds.inGap += 1;
    else if (busy.has(fromMs)) kinds.withDeliveries += 1;
    else kinds.quiet += 1;
  }
  return kinds;
}

/** A suspicion is not decided yet. */
function isOutage(gap: Gap): boolean {
  return gap.state !== 'suspected' && isWebhookOutage(gap);
}

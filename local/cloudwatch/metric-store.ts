import { minuteMs } from '../../shared/domain/gaps/interval.ts';
import type { Clock } from '../../shared/ports.ts';
import { type DataPoint, type Metric, metricKey } from './metric.ts';
import { merge, type Statistics, statisticsOf } from './statistics.ts';

/** AWS keeps minutes for 15 days; here a stack may live through a month in hours, and nothing looks back further. */
export const keptMs = 3 * 24 * 60 * minuteMs;
/** What is dated later, CloudWatch refuses (PutMetricData reference). */
const aheadMs = 2 * 60 * minuteMs;

interface Minute {
  readonly statistics: Statistics;
  /** A metric filter's default value, which stands until something matched. */
  readonly isDefault: boolean;
}

const minuteOf = (atMs: number): number => Math.floor(atMs / minuteMs) * minuteMs;

/** Every metric's minutes of the last three days. */
export class MetricStore {
  readonly #clock: Clock;
  readonly #series = new Map<string, Map<number, Minute>>();
  #sweptAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Forgets a value that is older than three days or from the future. Throws `RangeError` for what is no finite number. */
  add({ metric, value, atMs }: DataPoint): void {
    if (!Number.isFinite(value)) throw new RangeError(`${metric.name}: ${value} is no value of a metric`);
    const found = this.#minute(metric, minuteOf(atMs));
    const before = found === undefined || found.isDefault ? undefined : found.statistics;
    const statistics = before === undefined ? statisticsOf(value) : merge(before, statisticsOf(value));
    this.#set(metric, minuteOf(atMs), { statistics, isDefault: false });
  }

  /** Gives a minute without any value this one until it gets another. */
  addDefault({ metric, value, atMs }: DataPoint): void {
    if (this.#minute(metric, minuteOf(atMs)) !== undefined) return;
    this.#set(metric, minuteOf(atMs), { statistics: statisticsOf(value), isDefault: true });
  }

  /** Minutes with values that start in [fromMs, toMs), oldest first. `fromMs` is a whole minute. */
  between(metric: Metric, fromMs: number, toMs: number): readonly { startMs: number; statistics: Statistics }[] {
    const minutes = this.#series.get(metricKey(metric));
    const count = Math.max(0, Math.ceil((toMs - fromMs) / minuteMs));
    return Array.from({ length: count }, (_, index) => fromMs + index * minuteMs).flatMap((startMs) => {
      const statistics = minutes?.get(startMs)?.statistics;
      return statistics === undefined ? [] : [{ startMs, statistics }];
    });
  }

  /** How much is held. */
  get size(): { readonly metrics: number; readonly minutes: number } {
    const minutes = this.#series.values().reduce((sum, { size }) => sum + size, 0);
    return { metrics: this.#series.size, minutes };
  }

  #minute(metric: Metric, startMs: number): Minute | undefined {
    return this.#series.get(metricKey(metric))?.get(startMs);
  }

  #set(metric: Metric, startMs: number, minute: Minute): void {
    const now = this.#clock.now();
    if (startMs < now - keptMs || startMs > now + aheadMs) return;
    this.#sweep(minuteOf(now));
    const key = metricKey(metric);
    const minutes = this.#series.get(key) ?? new Map<number, Minute>();
    this.#series.set(key, minutes.set(startMs, minute));
  }

  /** Once a minute. The order of a series is nearly that of time, so what is old stands in front, or soon will. */
  #sweep(now: number): void {
    if (now === this.#sweptAt) return;
    this.#sweptAt = now;
    for (const [key, minutes] of this.#series) {
      for (const startMs of minutes.keys()) {
        if (startMs >= now - keptMs) break;
        minutes.delete(startMs);
      }
      if (minutes.size === 0) this.#series.delete(key);
    }
  }
}

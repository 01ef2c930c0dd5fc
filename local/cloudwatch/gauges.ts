import { minuteMs } from '../../shared/domain/gaps/interval.ts';
import { type Metric, metricKey } from './metric.ts';
import type { MetricStore } from './metric-store.ts';

type Gauge = () => Promise<number>;

/** Metrics whose value is looked up when somebody asks for them, such as the age of a queue's oldest message. */
export class Gauges {
  readonly #store: MetricStore;
  readonly #gauges = new Map<string, Gauge>();

  constructor(store: MetricStore) {
    this.#store = store;
  }

  set(metric: Metric, read: Gauge): void {
    this.#gauges.set(metricKey(metric), read);
  }

  /**
   * Looks at those of the metrics that are gauges. CloudWatch samples each minute by itself; so that what it would have
   * seen is there at the first question too, the value also stands for the minute before, when that has none.
   */
  async sample(metrics: readonly Metric[], nowMs: number): Promise<void> {
    const asked = new Map(metrics.map((metric) => [metricKey(metric), metric]));
    await Promise.all([...asked].map(([key, metric]) => this.#sampleOne(this.#gauges.get(key), metric, nowMs)));
  }

  async #sampleOne(read: Gauge | undefined, metric: Metric, nowMs: number): Promise<void> {
    // A service that does not answer has no metric, on AWS either.
    const value = await read?.().catch(() => undefined);
    if (value === undefined) return;
    this.#store.add({ metric, value, atMs: nowMs });
    this.#store.addDefault({ metric, value, atMs: nowMs - minuteMs });
  }
}

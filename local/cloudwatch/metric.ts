/** What CloudWatch tells metrics apart by: two that differ in any of it have nothing in common. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface DataPoint {
  readonly metric: Metric;
  readonly value: number;
  /** Unix milliseconds. */
  readonly atMs: number;
}

/** Equal for equal metrics, whatever the order of their dimensions. */
export function metricKey({ namespace, name, dimensions }: Metric): string {
  return JSON.stringify([namespace, name, ...Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

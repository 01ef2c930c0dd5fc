/** What CloudWatch keeps of the values of one period. */
export interface Statistics {
  readonly sum: number;
  readonly maximum: number;
  readonly sampleCount: number;
}

export const statisticsOf = (value: number): Statistics => ({ sum: value, maximum: value, sampleCount: 1 });

export const merge = (a: Statistics, b: Statistics): Statistics => ({
  sum: a.sum + b.sum,
  maximum: Math.max(a.maximum, b.maximum),
  sampleCount: a.sampleCount + b.sampleCount,
});

export const readers = {
  Sum: ({ sum }: Statistics) => sum,
  Maximum: ({ maximum }: Statistics) => maximum,
  Average: ({ sum, sampleCount }: Statistics) => sum / sampleCount,
  SampleCount: ({ sampleCount }: Statistics) => sampleCount,
} as const;

export type StatisticName = keyof typeof readers;

export function isStatisticName(name: string): name is StatisticName {
  return Object.hasOwn(readers, name);
}

/** What a benchmark is about, and what is held from one commit to the next. Never a time: those are another machine's tomorrow. */
export interface Figure {
  /** Unique within its benchmark; a phrase for the table: `8 KB delivery beside the smallest handler`. */
  readonly name: string;
  readonly value: number;
  readonly unit: 'ratio' | 'count' | 'USD';
  readonly better: 'lower' | 'higher';
  /** What to reach for: at most that when lower is better, at least that when higher is. */
  readonly goal?: number;
  /** True: the README quotes it. */
  readonly headline?: boolean;
}

/** How far a figure may be worse than the committed one. */
const tolerance = 1.25;

/** The worst value that passes, from the committed figure. Nothing lost stays nothing lost. */
export function boundOf(committed: number, better: Figure['better']): number {
  return better === 'lower' ? committed * tolerance : committed / tolerance;
}

/** Whether the value is as good as the limit, to within rounding. */
export function meets(value: number, limit: number, better: Figure['better']): boolean {
  const slack = Math.abs(limit) * 1e-9;
  return better === 'lower' ? value <= limit + slack : value >= limit - slack;
}

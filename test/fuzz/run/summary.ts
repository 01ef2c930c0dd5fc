import type { ChunkReport } from './chunk.ts';

const sum = (reports: readonly ChunkReport[], of: (report: ChunkReport) => number) =>
  reports.reduce((total, report) => total + of(report), 0);

/** What a run says at its end; the figure is the last line. */
export function summarize(reports: readonly ChunkReport[], seconds: number): string {
  const statuses: Record<string, number> = {};
  for (const report of reports) {
    for (const [status, count] of Object.entries(report.statuses)) statuses[status] = (statuses[status] ?? 0) + count;
  }
  const slowest = reports.map((report) => report.slowest).sort((one, other) => other.ms - one.ms)[0];
  const inputs = sum(reports, (report) => report.inputs);
  const failures = reports.filter(({ failure }) => failure !== undefined).length;
  const megabytes = (sum(reports, ({ bytes }) => bytes) / 1_000_000).toFixed(0);
  return [
    `${megabytes} MB in bodies, ${sum(reports, ({ events }) => events)} events found in them`,
    `the receiver's answers: ${Object.entries(statuses)
      .map(([status, count]) => `${count} × ${status}`)
      .join(', ')}`,
    `the slowest input: ${slowest?.ms.toFixed(0)} ms for ${slowest?.bytes} bytes, ${slowest?.recipe}`,
    `figure fuzz: ${inputs} inputs in ${seconds.toFixed(0)} s, ${failures} failures`,
  ].join('\n');
}

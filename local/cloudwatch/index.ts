import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../shared/ports.ts';
import type { AwsJsonAnswer } from '../aws/secrets-api.ts';
import { type Emulator, neverDies } from '../emulator.ts';
import { readBody } from '../http-body.ts';
import { listenOnLoopback } from '../loopback-server.ts';
import { readEmbeddedMetrics } from './embedded-metrics.ts';
import { Gauges } from './gauges.ts';
import { getMetricData, readGetMetricData } from './get-metric-data.ts';
import type { Metric } from './metric.ts';
import { countEntry, type MetricFilter } from './metric-filter.ts';
import { MetricStore } from './metric-store.ts';
import { type MetricFilterResource, readMetricFilter } from './read-metric-filter.ts';
import { invalid, notPlayed, RefusedCall } from './refused-call.ts';

export interface CloudWatchOptions {
  readonly clock: Clock;
  /** CloudWatch shows metrics late: a minute appears so many local milliseconds after its start. Default 0. */
  readonly lagMs?: number;
}

export interface CloudWatch extends Emulator {
  /** Adds a value to the minute of `atMs` (Unix milliseconds; default now). */
  putMetric(metric: Metric, value: number, atMs?: number): void;
  /** A metric whose value is looked up when somebody asks for it; a rejection leaves the minute without a value. */
  gauge(metric: Metric, read: () => Promise<number>): void;
  /** Replaces all metric filters. Throws `LOCAL_UNSUPPORTED` for one that cannot be played in full. */
  setMetricFilters(resources: readonly MetricFilterResource[]): void;
  /** Counts an entry, as parsed from a line of the API's access log or of a function's. Throws `LOCAL_UNSUPPORTED` where AWS does not document what a filter does with it. */
  observeLogEntry(entry: object, logGroup: string): void;
  /** Takes embedded metrics from a line that a function printed. Throws `LOCAL_UNSUPPORTED` for broken ones. */
  observeLogLine(line: string): void;
}

/** The metrics of a stack on this machine: GetMetricData over 127.0.0.1, from what was put and observed. */
export async function startCloudWatch({ clock, lagMs = 0 }: CloudWatchOptions): Promise<CloudWatch> {
  const store = new MetricStore(clock);
  const gauges = new Gauges(store);
  let filters: readonly MetricFilter[] = [];

  const answer = async (request: IncomingMessage, body: string): Promise<AwsJsonAnswer> => {
    try {
      const input = readInput(request, body);
      const nowMs = clock.now();
      const found = await getMetricData(readGetMetricData(input, nowMs), { store, gauges, nowMs, lagMs });
      return { status: 200, body: found };
    } catch (error) {
      if (error instanceof RefusedCall) return error.answer;
      throw error;
    }
  };

  const server = await listenOnLoopback(async (request, response) => {
    const body = await readBody(request).catch(() => undefined);
    if (body === undefined) return; // The caller went away.
    const { status, body: result } = await answer(request, body.toString());
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() });
    response.end(JSON.stringify(result));
  });

  return {
    url: server.url,
    died: neverDies,
    close: server.close,
    putMetric: (metric, value, atMs = clock.now()) => store.add({ metric, value, atMs }),
    gauge: (metric, read) => gauges.set(metric, read),
    setMetricFilters(resources) {
      filters = resources.map(readMetricFilter);
    },
    observeLogEntry(entry, logGroup) {
      for (const filter of filters) {
        if (filter.logGroup === logGroup) countEntry(filter, entry, store, clock.now());
      }
    },
    observeLogLine(line) {
      for (const point of readEmbeddedMetrics(line)) store.add(point);
    },
  };
}

/** AWS JSON 1.0: the protocol that the SDK for JavaScript 3.1162 speaks to CloudWatch. */
function readInput({ headers }: IncomingMessage, body: string): unknown {
  const operation = String(headers['x-amz-target'] ?? 'no operation').replace('GraniteServiceVersion20100801.', '');
  if (headers['content-type'] !== 'application/x-amz-json-1.0') throw notPlayed(`${headers['content-type']}`);
  if (operation !== 'GetMetricData') throw notPlayed(operation);
  try {
    return JSON.parse(body);
  } catch {
    throw invalid('The body is not JSON.');
  }
}

import { member } from '../../shared/domain/json.ts';
import type { AccessLogSpec } from '../template/log-resources.ts';
import type { StackModel } from '../template.ts';
import { type Answered, createAccessLog } from '../triggers/access-log.ts';
import type { CloudWatch } from './index.ts';

export interface StackObserver {
  /** A request that the front answered. */
  onAnswered(answered: Answered): void;
  /** A line that a function printed. */
  onLine(line: string, logGroup: string): void;
}

/**
 * Brings what the stack's parts show into its CloudWatch: the access log and the functions' logs through the metric
 * filters, embedded metrics, and Lambda's own count of invocations that came to nothing.
 */
export function observeStack(
  cloudWatch: CloudWatch,
  { accessLog, metricFilters }: Pick<StackModel, 'accessLog' | 'metricFilters'>,
  log: (line: string) => void,
): StackObserver {
  cloudWatch.setMetricFilters(metricFilters);
  const countAnswer = accessLog === undefined ? () => {} : countInto(cloudWatch, accessLog);
  const filtered = new Set(metricFilters.map(({ properties }) => member(properties, 'LogGroupName')));
  /** What CloudWatch would drop in silence, people are told; the stack goes on as it would on AWS. */
  const told =
    <T extends readonly unknown[]>(observe: (...what: T) => void) =>
    (...what: T) => {
      try {
        observe(...what);
      } catch (error) {
        log(error instanceof Error ? error.message : String(error));
      }
    };
  return {
    onAnswered: told((answered) => {
      countAnswer(answered);
      const { unanswered: nothing } = answered;
      if (nothing === undefined) return;
      const dimensions = { FunctionName: nothing.functionName };
      cloudWatch.putMetric({ namespace: 'AWS/Lambda', name: nothing.metric, dimensions }, 1);
    }),
    onLine: told((line, logGroup) => {
      cloudWatch.observeLogLine(line);
      const entry = filtered.has(logGroup) ? parseEntry(line) : undefined;
      if (entry !== undefined) cloudWatch.observeLogEntry(entry, logGroup);
    }),
  };
}

function countInto(cloudWatch: CloudWatch, accessLog: AccessLogSpec): (answered: Answered) => void {
  const entryOf = createAccessLog(accessLog);
  return (answered) => cloudWatch.observeLogEntry(entryOf(answered), accessLog.logGroup);
}

/** A pattern of JSON matches no other line. */
function parseEntry(line: string): object | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null ? entry : undefined;
  } catch {
    return undefined;
  }
}

import type { AccessLogSpec } from '../template/log-resources.ts';
import type { StackModel } from '../template.ts';
import { type Answered, createAccessLog } from '../triggers/access-log.ts';
import type { CloudWatch } from './index.ts';

export interface StackObserver {
  /** A request that the API answered; without an access log in the template nothing is counted. */
  onAnswered(answered: Answered): void;
  /** A line that a function printed. */
  onLine(line: string): void;
}

/** Brings what the stack's parts show into its CloudWatch: the access log through the metric filters, and embedded metrics. */
export function observeStack(
  cloudWatch: CloudWatch,
  { accessLog, metricFilters }: Pick<StackModel, 'accessLog' | 'metricFilters'>,
  log: (line: string) => void,
): StackObserver {
  cloudWatch.setMetricFilters(metricFilters);
  const count = accessLog === undefined ? () => {} : countInto(cloudWatch, accessLog);
  /** What CloudWatch would drop in silence, people are told; the stack goes on as it would on AWS. */
  const told =
    <T>(observe: (what: T) => void) =>
    (what: T) => {
      try {
        observe(what);
      } catch (error) {
        log(error instanceof Error ? error.message : String(error));
      }
    };
  return { onAnswered: told(count), onLine: told(cloudWatch.observeLogLine) };
}

function countInto(cloudWatch: CloudWatch, accessLog: AccessLogSpec): (answered: Answered) => void {
  const entryOf = createAccessLog(accessLog);
  return (answered) => cloudWatch.observeAccessLog(entryOf(answered), accessLog.logGroup);
}

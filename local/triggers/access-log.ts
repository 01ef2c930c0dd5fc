import { GaplessError } from '../../shared/errors.ts';
import type { AccessLogSpec } from '../template/log-resources.ts';
import { commonLogTime } from './common-log-time.ts';

/** An invocation that failed or never began, as Lambda's own metrics have it. */
export interface Unanswered {
  readonly functionName: string;
  readonly metric: 'Errors' | 'Throttles';
}

/** One request that the API answered. */
export interface Answered {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  /** Unix milliseconds, local clock. */
  readonly receivedAt: number;
  readonly status: number;
  /** Real milliseconds. */
  readonly latencyMs: number;
  /** Why the function gave no answer. */
  readonly integrationError: string | undefined;
  readonly unanswered?: Unanswered | undefined;
}

type Value = (answered: Answered) => string | number | undefined;

/** Of an HTTP API's access log (API Gateway guide, "Customize HTTP API access logs"). */
const variables: Readonly<Record<string, Value>> = {
  '$context.requestId': ({ requestId }) => requestId,
  '$context.requestTime': ({ receivedAt }) => commonLogTime(receivedAt),
  '$context.requestTimeEpoch': ({ receivedAt }) => Math.floor(receivedAt / 1000),
  '$context.identity.sourceIp': ({ sourceIp }) => sourceIp,
  '$context.identity.userAgent': ({ userAgent }) => userAgent,
  '$context.httpMethod': ({ method }) => method,
  '$context.path': ({ path }) => path,
  '$context.status': ({ status }) => status,
  '$context.responseLatency': ({ latencyMs }) => Math.round(latencyMs),
  '$context.integrationErrorMessage': ({ integrationError }) => integrationError,
};

/** Makes the entries of an access log. Throws `LOCAL_UNSUPPORTED` for a format that is no JSON or has an unknown variable. */
export function createAccessLog({ format }: AccessLogSpec): (answered: Answered) => object {
  const unknown = (format.match(/\$context(\.\w+)+/g) ?? []).filter((name) => variables[name] === undefined);
  if (unknown.length > 0) throw unsupported(`has ${unknown.join(', ')}, which the local stack does not know`);
  const entryOf = (answered: Answered): object => {
    const line = format.replaceAll(/\$context(\.\w+)+/g, (name) => inJson(variables[name]?.(answered)));
    const entry: unknown = JSON.parse(line);
    if (typeof entry === 'object' && entry !== null) return entry;
    throw unsupported('makes no JSON object');
  };
  try {
    entryOf(sample);
  } catch (error) {
    throw error instanceof GaplessError ? error : unsupported('makes no JSON');
  }
  return entryOf;
}

/** What has no value is a dash, on AWS too. */
const inJson = (value: string | number | undefined): string => JSON.stringify(String(value ?? '-')).slice(1, -1);

const sample: Answered = {
  requestId: 'r',
  method: 'POST',
  path: '/',
  sourceIp: '127.0.0.1',
  userAgent: undefined,
  receivedAt: 0,
  status: 200,
  latencyMs: 1,
  integrationError: undefined,
};

const unsupported = (problem: string) =>
  new GaplessError(
    'LOCAL_UNSUPPORTED',
    `The format of the access log ${problem}. Teach it in local/triggers/access-log.ts, or change it in infra/.`,
  );

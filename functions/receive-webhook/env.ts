import { type Env, envReader } from '../../shared/read-env.ts';

/** The variables of this function; the stack sets them by these names. */
export const envNames = {
  /** JSON object: app → ARN or name of its secret. */
  secretArns: 'SECRET_ARNS',
  queueUrl: 'QUEUE_URL',
  bodiesBucket: 'BODIES_BUCKET',
  /** One of `answerLogs`. */
  answerLog: 'ANSWER_LOG',
  /** Read by the logger itself. */
  logLevel: 'LOG_LEVEL',
  serviceName: 'POWERTOOLS_SERVICE_NAME',
} as const;

/** Whether the function itself writes down how it answered each POST. */
export const answerLogs = ['none', 'each'] as const;
export type AnswerLog = (typeof answerLogs)[number];

export interface Settings {
  readonly secretArns: ReadonlyMap<string, string>;
  readonly queueUrl: string;
  readonly bodiesBucket: string;
  readonly answerLog: AnswerLog;
}

/** Throws `SETTING_INVALID`. */
export function parseEnv(env: Env): Settings {
  const read = envReader(env);
  return {
    secretArns: read.texts(envNames.secretArns),
    queueUrl: read.required(envNames.queueUrl),
    bodiesBucket: read.required(envNames.bodiesBucket),
    answerLog: read.oneOf(envNames.answerLog, answerLogs),
  };
}

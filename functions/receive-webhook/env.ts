import { GaplessError } from '../../shared/errors.ts';

/** The variables of this function; the stack sets them by these names. */
export const envNames = {
  /** JSON object: app → ARN or name of its secret. */
  secretArns: 'SECRET_ARNS',
  queueUrl: 'QUEUE_URL',
  bodiesBucket: 'BODIES_BUCKET',
  /** Read by the logger itself. */
  logLevel: 'LOG_LEVEL',
  serviceName: 'POWERTOOLS_SERVICE_NAME',
} as const;

export interface Settings {
  readonly secretArns: ReadonlyMap<string, string>;
  readonly queueUrl: string;
  readonly bodiesBucket: string;
}

function invalid(name: string, problem: string): GaplessError {
  return new GaplessError('SETTING_INVALID', `The variable ${name} ${problem}. Deploy the stack again, which sets it.`);
}

/** Throws `SETTING_INVALID`. */
export function parseEnv(env: Readonly<Record<string, string | undefined>>): Settings {
  const required = (name: string): string => {
    const value = env[name];
    if (!value) throw invalid(name, 'is missing');
    return value;
  };
  return {
    secretArns: parseSecretArns(required(envNames.secretArns)),
    queueUrl: required(envNames.queueUrl),
    bodiesBucket: required(envNames.bodiesBucket),
  };
}

function parseSecretArns(text: string): ReadonlyMap<string, string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw invalid(envNames.secretArns, 'is not JSON');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw invalid(envNames.secretArns, 'is not an object of app and secret');
  }
  const arns = new Map<string, string>();
  for (const [app, arn] of Object.entries(parsed)) {
    if (typeof arn !== 'string' || arn === '') throw invalid(envNames.secretArns, `names no secret for the app ${app}`);
    arns.set(app, arn);
  }
  return arns;
}

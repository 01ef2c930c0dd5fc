import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type PayloadEncoding, payloadEncodings } from '../functions/record-events/env.ts';
import { defaultReaderMemoryMb } from '../shared/domain/stream/monthly-cost.ts';
import { defaultApp } from '../shared/domain/webhook-path.ts';
import { GaplessError } from '../shared/errors.ts';
import { type SettingReader, settingReader } from './setting-reader.ts';

/** Everything that an operator can choose; docs/deploy.md has the table. */
export interface Settings {
  readonly stackName: string;
  /** X apps whose deliveries are taken, each under its own path and with its own secrets. */
  readonly apps: readonly string[];
  readonly customDomain?: CustomDomain;
  readonly logLevel: LogLevel;
  readonly logRetention: RetentionDays;
  readonly ledgerRetentionDays: number;
  readonly frontDoor: FrontDoor;
  /** Requests per second and their burst, over all paths together; of the HTTP API only. */
  readonly throttle: { readonly rate: number; readonly burst: number };
  /** Requests at once that the receiver takes; absent: what the account's quota leaves it. */
  readonly receiverConcurrency?: number;
  readonly alarmEmail?: string;
  readonly payloadEncoding: PayloadEncoding;
  readonly recorder: RecorderSettings;
  readonly replay: ReplaySettings;
  /** Whether X's activity stream is read, too. */
  readonly stream: 'on' | 'off';
  /** Of the reader of that stream; its share of a processor goes with it. */
  readonly streamMemoryMb: number;
}

/** What X allows of replay jobs; its documents disagree (docs.x.com: 24 hours or 5 days; any age, or 31 and 10 minutes). */
export interface ReplaySettings {
  /** How far back X replays. */
  readonly horizonHours: number;
  /** How old a job's start and its end have to be. */
  readonly fromEmbargoMinutes: number;
  readonly toEmbargoMinutes: number;
}

/** X cannot edit a webhook's URL, so a name of one's own is what survives a move to another stack or region. */
export interface CustomDomain {
  readonly name: string;
  readonly certificateArn: string;
  /** Without it the operator points the name at the API himself. */
  readonly hostedZoneId?: string;
}

export interface RecorderSettings {
  /** SQS messages per invocation. */
  readonly batchSize: number;
  readonly batchWindowSeconds: number;
  readonly maxConcurrency: number;
}

const frontDoors = ['http-api', 'function-url'] as const;
export type FrontDoor = (typeof frontDoors)[number];

const logLevels = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const;
export type LogLevel = (typeof logLevels)[number];

const appPattern = /^[a-z0-9-]{1,32}$/;
const stackNamePattern = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;
const domainPattern = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const certificatePattern = /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[a-z0-9-]+$/;
const hostedZonePattern = /^Z[A-Z0-9]{1,31}$/;
const emailPattern = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * Reads the settings from CDK's context: text from `-c key=value`, JSON from cdk.json.
 * Throws `GaplessError` SETTING_INVALID for a value out of its range and for a key that nobody reads.
 */
export function parseSettings(context: Readonly<Record<string, unknown>>): Settings {
  const read = settingReader(context);
  const customDomain = parseCustomDomain(read);
  const frontDoor = read.oneOf('frontDoor', frontDoors, 'http-api');
  const throttle = parseThrottle(read, frontDoor);
  const receiverConcurrency = read.optionalWholeNumber('receiverConcurrency', { min: 1, max: 100_000 });
  if (frontDoor === 'function-url' && customDomain !== undefined) throw noDomainOfFunctionUrl();
  const alarmEmail = read.optionalText('alarmEmail', emailPattern, 'an e-mail address');
  const recorder = parseRecorder(read);
  const settings: Settings = {
    stackName: read.text('stackName', 'Gapless', stackNamePattern, 'letters, digits and dashes, a letter first'),
    apps: read.list('apps', [defaultApp], appPattern, 'names of 1 to 32 of a-z, 0-9 and dash'),
    logLevel: read.oneOf('logLevel', logLevels, 'INFO'),
    logRetention: read.oneOfNumbers('logRetentionDays', retentionDays, RetentionDays.ONE_MONTH),
    ledgerRetentionDays: read.wholeNumber('ledgerRetentionDays', 400, { min: 14, max: 3650 }),
    frontDoor,
    throttle,
    ...(receiverConcurrency && { receiverConcurrency }),
    payloadEncoding: read.oneOf('payloadEncoding', payloadEncodings, 'plain'),
    recorder,
    replay: {
      horizonHours: read.wholeNumber('replayHorizonHours', 24, { min: 1, max: 120 }),
      fromEmbargoMinutes: read.wholeNumber('replayFromEmbargoMinutes', 31, { min: 0, max: 240 }),
      toEmbargoMinutes: read.wholeNumber('replayToEmbargoMinutes', 10, { min: 0, max: 240 }),
    },
    stream: read.oneOf('stream', ['on', 'off'], 'off'),
    streamMemoryMb: read.wholeNumber('streamMemoryMb', defaultReaderMemoryMb, {
      min: defaultReaderMemoryMb,
      max: 3008,
    }),
    ...(customDomain && { customDomain }),
    ...(alarmEmail && { alarmEmail }),
  };
  read.refuseUnread();
  return settings;
}

/** CloudWatch takes these numbers of days only. */
const retentionDays = Object.values(RetentionDays)
  .filter((days) => typeof days === 'number')
  .filter((days) => days !== RetentionDays.INFINITE);

function noDomainOfFunctionUrl(): GaplessError {
  return new GaplessError(
    'SETTING_INVALID',
    'A function URL has a name of AWS and takes no other, so frontDoor=function-url and domainName do not go together. ' +
      'Leave domainName and certificateArn out, or take frontDoor=http-api.',
  );
}

function parseThrottle(read: SettingReader, frontDoor: FrontDoor): Settings['throttle'] {
  const range = { min: 1, max: 100_000 };
  const rate = read.optionalWholeNumber('throttleRate', range);
  const burst = read.optionalWholeNumber('throttleBurst', range);
  if (frontDoor === 'http-api' || (rate ?? burst) === undefined) return { rate: rate ?? 5000, burst: burst ?? 5000 };
  throw new GaplessError(
    'SETTING_INVALID',
    'A function URL has no throttle, so throttleRate and throttleBurst would do nothing with frontDoor=function-url. ' +
      'Set receiverConcurrency instead: Lambda lets in ten requests a second for each.',
  );
}

function parseCustomDomain(read: SettingReader): CustomDomain | undefined {
  const name = read.optionalText('domainName', domainPattern, 'a lower-case host name, such as x.example.com');
  const certificateArn = read.optionalText('certificateArn', certificatePattern, 'the ARN of an ACM certificate');
  const hostedZoneId = read.optionalText('hostedZoneId', hostedZonePattern, 'the id of a Route 53 hosted zone');
  if (name === undefined && certificateArn === undefined && hostedZoneId === undefined) return undefined;
  if (name !== undefined && certificateArn !== undefined) {
    return { name, certificateArn, ...(hostedZoneId && { hostedZoneId }) };
  }
  throw new GaplessError(
    'SETTING_INVALID',
    'A custom domain needs domainName and certificateArn together; hostedZoneId alone changes nothing. ' +
      'Give both, or none of the three.',
  );
}

/** Lambda's own limits: a batch over 10 needs a window, and 2 to 1,000 concurrent batches. */
function parseRecorder(read: SettingReader): RecorderSettings {
  const batchSize = read.wholeNumber('recorderBatchSize', 10, { min: 1, max: 1000 });
  const batchWindowSeconds = read.wholeNumber('recorderBatchWindowSeconds', 0, { min: 0, max: 300 });
  const maxConcurrency = read.wholeNumber('recorderMaxConcurrency', 50, { min: 2, max: 1000 });
  if (batchSize > 10 && batchWindowSeconds === 0) {
    throw new GaplessError(
      'SETTING_INVALID',
      `recorderBatchSize ${batchSize} needs recorderBatchWindowSeconds of 1 or more: ` +
        'Lambda takes no batch over 10 without a window. Set the window, or a size of 10 or less.',
    );
  }
  return { batchSize, batchWindowSeconds, maxConcurrency };
}

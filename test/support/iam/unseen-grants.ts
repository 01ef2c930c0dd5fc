/** Why a role has what no call on this machine can need. Each has to match a grant of the template. */
export interface Reason {
  /** By the beginnings of the logical ids. */
  readonly functions: readonly string[];
  readonly action: string;
  /** A part of the ARN. Default: any. */
  readonly resource?: string;
  readonly why: string;
}

const everyFunction = ['ReceiveWebhook', 'RecordEvents', 'WatchGaps', 'ReadStream'];
const log = 'Lambda itself writes the log, with the role of the function (Lambda guide, execution role).';
const poller =
  "Lambda's poller takes messages from the queue with the role of the function (Lambda guide, SQS event source); " +
  'here the local stack is the poller.';

const manyGaps =
  'One tick that changes more gaps than a transaction holds (100 writes) saves them in several, each on condition of the ' +
  'version that the tick began with: after days away, and in test/shared/aws/watch-ledger.';

export const reasons: readonly Reason[] = [
  { functions: ['WatchGaps'], action: 'dynamodb:ConditionCheckItem', why: manyGaps },
  { functions: everyFunction, action: 'logs:CreateLogStream', why: log },
  { functions: everyFunction, action: 'logs:PutLogEvents', why: log },
  { functions: ['RecordEvents'], action: 'sqs:ReceiveMessage', why: poller },
  { functions: ['RecordEvents'], action: 'sqs:DeleteMessage', why: poller },
  { functions: ['RecordEvents'], action: 'sqs:GetQueueAttributes', why: poller },
];

import type { AwsJsonAnswer } from '../aws/secrets-api.ts';

/** Ends a call with an error for its caller. */
export class RefusedCall extends Error {
  readonly answer: AwsJsonAnswer;

  constructor(status: number, type: string, message: string) {
    super(message);
    this.answer = { status, body: { __type: type, message } };
  }
}

/** What AWS would refuse, too. */
export const invalid = (message: string) => new RefusedCall(400, 'ValidationException', message);

/** What AWS would do and nothing here does. */
export const notPlayed = (what: string) =>
  new RefusedCall(
    501,
    'LocalUnsupported',
    `The local CloudWatch does not play ${what}. Do without, or teach local/cloudwatch/.`,
  );

/** Codes are stable: users and alarms may match on them; messages may change. */
export type ErrorCode =
  | 'SECRET_UNAVAILABLE'
  | 'SECRET_EMPTY'
  | 'SECRET_MALFORMED'
  | 'QUEUE_UNAVAILABLE'
  | 'CLAIM_CHECK_UNAVAILABLE'
  | 'ITEM_MALFORMED'
  | 'PAYLOAD_MISSING'
  | 'TABLE_THROTTLED'
  | 'SETTING_INVALID'
  | 'USAGE'
  | 'STACK_NOT_FOUND'
  | 'STACK_INCOMPLETE'
  | 'REGION_MISSING'
  | 'CREDENTIALS_MISSING'
  | 'LOCAL_STACK_NOT_RUNNING'
  | 'NOT_FOUND'
  | 'DELIVERY_REFUSED'
  | 'LOGIN_REQUIRED'
  | 'CREDENTIALS_MALFORMED'
  | 'WEBHOOK_NOT_READY'
  | 'X_REFUSED'
  | 'GAP_NOT_HEALED'
  | 'ACCOUNTING_DIFFERS'
  | 'DECLINED'
  | 'CHECKS_FAILED'
  | 'LOCAL_UNSUPPORTED'
  | 'LOCAL_START_FAILED'
  | 'LOCAL_STORY_FAILED';

/** Every error that Gapless throws on purpose. The message says what happened, why, and what to do next; never a body or a secret. */
export class GaplessError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'GaplessError';
    this.code = code;
  }
}

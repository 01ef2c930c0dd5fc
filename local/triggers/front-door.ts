import { gatewayAnswer, type HttpAnswer } from './http-answer.ts';

/** What AWS itself answers where a function does not. */
export interface FrontDoor {
  readonly maxBodyBytes: number;
  readonly tooLarge: HttpAnswer;
  readonly throttled: HttpAnswer;
  /** The function failed, or answered what is no answer. */
  readonly failed: HttpAnswer;
  readonly late: HttpAnswer;
}

const mebibyte = 1024 * 1024;

export const frontDoors = {
  /** API Gateway guide, quotas of HTTP APIs. */
  'http-api': {
    maxBodyBytes: 10 * mebibyte,
    tooLarge: gatewayAnswer(413, 'Request Entity Too Large'),
    throttled: gatewayAnswer(503, 'Service Unavailable'),
    failed: gatewayAnswer(500, 'Internal Server Error'),
    late: gatewayAnswer(503, 'Service Unavailable'),
  },
  /** Lambda guide, "Invoking Lambda function URLs": 429 for a throttled function, 502 for one that failed. */
  'function-url': {
    maxBodyBytes: 6 * mebibyte,
    tooLarge: gatewayAnswer(413, 'Request Entity Too Large'),
    throttled: gatewayAnswer(429, 'Rate Exceeded.'),
    failed: gatewayAnswer(502, 'Internal Server Error'),
    late: gatewayAnswer(502, 'Internal Server Error'),
  },
} as const satisfies Readonly<Record<string, FrontDoor>>;

export type DoorKind = keyof typeof frontDoors;

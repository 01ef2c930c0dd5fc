/**
 * AWS's list prices in us-east-1, in USD, without free tiers; the lowest volume's where there are tiers. Read on
 * 2026-11-21 from captures of the AWS Price List API and from AWS's pricing pages, as each line says.
 */
export const pricesReadOn = '2026-11-21';

const million = 1_000_000;
const gigabyte = 1_000_000_000;

export const prices = {
  /** For each request of up to 512 KB (price list, 2026-07-20; aws.amazon.com/api-gateway/pricing). */
  httpApiRequest: 1.0 / million,
  /** For each request (price list, 2026-06-12; aws.amazon.com/api-gateway/pricing). */
  restApiRequest: 3.5 / million,
  /** aws.amazon.com/lambda/pricing; price list of 2026-09-19. A function URL adds nothing (Lambda guide, "Function URLs"). */
  lambdaRequest: 0.2 / million,
  lambdaGigabyteSecondArm: 0.0000133334,
  lambdaGigabyteSecondX86: 0.0000166667,
  /** For each 64 KB of a request, standard queue (price list, 2026; aws.amazon.com/sqs/pricing). */
  sqsRequest: 0.4 / million,
  /** For each KB of an item, on demand (price list, May 2026; aws.amazon.com/dynamodb/pricing/on-demand). */
  writeUnit: 0.625 / million,
  /** aws.amazon.com/s3/pricing, 2026. */
  s3Put: 5.0 / million,
  /** After filtering (aws.amazon.com/eventbridge/pricing, March 2026). */
  pipesRequest: 0.4 / million,
  /** For each byte of Standard logs (aws.amazon.com/cloudwatch/pricing, 2026). */
  logByte: 0.5 / gigabyte,
} as const;

/** CloudWatch Logs counts so much beside each line (CloudWatch Logs API reference, PutLogEvents). */
export const logLineOverheadBytes = 26;

/** SQS counts a request for each 64 KB of its payload, begun ones whole (aws.amazon.com/sqs/pricing). */
export function sqsRequests(payloadBytes: number): number {
  return Math.max(1, Math.ceil(payloadBytes / 65_536));
}

import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { GaplessError } from '../errors.ts';
import type { ClaimCheckReader } from '../ports.ts';
import { withinBudget } from './within-budget.ts';

/** Bodies are a few MB: waiting for `100 Continue` costs more than sending them. */
export const claimCheckClientConfig = {
  maxAttempts: 2,
  expectContinueHeader: false,
  requestHandler: { connectionTimeout: 1_000 },
} as const satisfies S3ClientConfig;

/** Takes bodies that are too large for the queue. */
export interface ClaimCheckWriter {
  /** Resolves when the body is durable. Throws `CLAIM_CHECK_UNAVAILABLE` when S3 has not taken it within the budget. */
  put(key: string, body: Uint8Array): Promise<void>;
}

export interface ClaimChecksOptions {
  readonly client: S3Client;
  readonly bucket: string;
  /** For one put, its retries included. */
  readonly putBudgetMs?: number;
}

/** Bodies in the bucket, read back by their key. */
export function createClaimChecks(options: ClaimChecksOptions): ClaimCheckReader & ClaimCheckWriter {
  const { client, bucket, putBudgetMs = 2_000 } = options;
  return {
    async put(key, body) {
      try {
        await withinBudget(putBudgetMs, (abortSignal) =>
          client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }), { abortSignal }),
        );
      } catch (cause) {
        throw new GaplessError(
          'CLAIM_CHECK_UNAVAILABLE',
          `A body too large for the queue could not be put into the bucket ${bucket}, so the delivery was not taken and X will send it again. Look at the function's permissions and at S3's health.`,
          { cause },
        );
      }
    },

    async read(key, abortSignal) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal });
        return (await Body?.transformToByteArray()) ?? new Uint8Array();
      } catch (error) {
        // Only this says that it will never be there; a throttle, a missing permission or an outage may pass.
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
  };
}

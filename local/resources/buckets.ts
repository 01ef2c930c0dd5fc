import { BucketAlreadyOwnedByYou, CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';

/** Creates the buckets that are not there. */
export async function createBuckets(client: S3Client, buckets: readonly string[]): Promise<void> {
  await Promise.all(
    buckets.map(async (Bucket) => {
      try {
        await client.send(new CreateBucketCommand({ Bucket }));
      } catch (error) {
        if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
      }
    }),
  );
}

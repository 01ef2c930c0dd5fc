import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

/**
 * Region, endpoint and credentials come from the standard environment variables unless given. A named endpoint is a
 * local one, which has no host name per bucket, so the bucket goes into the path.
 */
export function createS3Client(config: S3ClientConfig = {}): S3Client {
  const endpoint = process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL;
  return new S3Client({ ...(endpoint === undefined ? {} : { forcePathStyle: true }), ...config });
}

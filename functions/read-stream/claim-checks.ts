import { type ClaimCheckWriter, claimCheckClientConfig, createClaimChecks } from '../../shared/aws/claim-check.ts';
import { createS3Client } from '../../shared/aws/clients/s3.ts';

/** The entry of a chunk of its own: a line too large for the queue is rare. */
export function openClaimChecks(bucket: string): ClaimCheckWriter {
  return createClaimChecks({ client: createS3Client(claimCheckClientConfig), bucket });
}

import { claimCheckClientConfig, createClaimChecks } from '../../shared/aws/claim-check.ts';
import { createS3Client } from '../../shared/aws/clients/s3.ts';
import { createPayloadStore, type PayloadStore } from '../../shared/aws/payload-store.ts';
import type { ClaimCheckReader } from '../../shared/ports.ts';

/** The entry of a chunk of its own, with S3's client: few bodies are too large for the queue or the table. */
export function openLargeBodies(bucket: string): {
  readonly claimChecks: ClaimCheckReader;
  readonly payloads: PayloadStore;
} {
  const client = createS3Client(claimCheckClientConfig);
  return { claimChecks: createClaimChecks({ client, bucket }), payloads: createPayloadStore(client, bucket) };
}

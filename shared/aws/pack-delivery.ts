import type { AcceptedDelivery } from '../ports.ts';
import type { ClaimCheckWriter } from './claim-check.ts';
import { type DeliveryMessage, toClaimCheckMessage, toMessage } from './delivery-message.ts';

export interface PackerOptions {
  /** Called for a body that SQS cannot hold, once: S3's client is a chunk of its own. */
  readonly openClaimChecks: () => Promise<ClaimCheckWriter>;
  /** Of a delivery that has none yet. */
  readonly createId: () => string;
}

/** Makes the message of a delivery; a body too large for SQS lies in S3 then. Rejects with `CLAIM_CHECK_UNAVAILABLE`. */
export function createPacker({ openClaimChecks, createId }: PackerOptions) {
  let claimChecks: Promise<ClaimCheckWriter> | undefined;

  return async (accepted: AcceptedDelivery): Promise<DeliveryMessage> => {
    const deliveryId = accepted.deliveryId ?? createId();
    const delivery = { ...accepted, deliveryId };
    const message = toMessage(delivery);
    if (message !== undefined) return message;
    const key = `deliveries/${delivery.receivedAt.slice(0, 10)}/${deliveryId}`;
    claimChecks ??= openClaimChecks();
    await (await claimChecks).put(key, delivery.body);
    return toClaimCheckMessage(delivery, key);
  };
}

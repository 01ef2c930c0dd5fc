import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createClaimChecks } from '../../../shared/aws/claim-check.ts';
import { createS3Client } from '../../../shared/aws/clients/s3.ts';
import { type Emulators, startEmulators } from '../../support/emulators.ts';

const signal = AbortSignal.timeout(60_000);
const body = Buffer.alloc(4_000_000, 0xfe);

describe('claim checks', () => {
  let emulators: Emulators;
  const client = () => createS3Client({ ...emulators.s3, maxAttempts: 1 });
  const open = (options: { readonly putBudgetMs?: number; readonly bucket?: string } = {}) =>
    createClaimChecks({ client: client(), bucket: emulators.names.bucket, ...options });

  before(async () => {
    emulators = await startEmulators();
  });
  after(() => emulators.close());

  test('give back the bytes that were put', async () => {
    const claimChecks = open();
    await claimChecks.put('deliveries/2026-11-21/one', body);
    const read = await claimChecks.read('deliveries/2026-11-21/one', signal);
    assert.ok(read && body.equals(read));
  });

  test('know nothing of a key that was never put', async () => {
    assert.equal(await open().read('deliveries/2026-11-21/none', signal), undefined);
  });

  test('do not take an outage or a missing bucket for a lost body', async () => {
    const mend = emulators.faults.s3.add({ target: 'GET', respond: { status: 503 } });
    await assert.rejects(open().read('deliveries/2026-11-21/one', signal));
    mend();
    await assert.rejects(open({ bucket: 'another-bucket' }).read('deliveries/2026-11-21/one', signal));
  });

  test('tell when S3 does not take a body, or not in time', async () => {
    const mend = emulators.faults.s3.add({ target: 'PUT', respond: { status: 500 } });
    await assert.rejects(open().put('deliveries/2026-11-21/two', body), { code: 'CLAIM_CHECK_UNAVAILABLE' });
    mend();
    const { promise, resolve } = Promise.withResolvers<void>();
    const hurry = emulators.faults.s3.add({ target: 'PUT', respond: { holdUntil: promise } });
    const late = open({ putBudgetMs: 50 }).put('deliveries/2026-11-21/three', body);
    await assert.rejects(late, { code: 'CLAIM_CHECK_UNAVAILABLE' });
    hurry();
    resolve();
  });
});

import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { GaplessError } from '../errors.ts';
import { sha256Hex } from './index-keys.ts';

/** Payloads that are too large for DynamoDB. */
export interface PayloadStore {
  /** Idempotent: the key is made from what is stored. Returns it. */
  put(eventId: string, payload: string, signal: AbortSignal): Promise<string>;
  /** Throws `GaplessError` PAYLOAD_MISSING when the object is gone. */
  get(key: string): Promise<string>;
}

/** Nobody but `event-store` and the reader need S3, and they seldom do: import this file dynamically. */
export function createPayloadStore(client: S3Client, bucket: string): PayloadStore {
  return {
    async put(eventId, payload, signal) {
      const key = `payloads/${sha256Hex(eventId)}/${sha256Hex(payload)}`;
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: payload, ContentType: 'text/plain; charset=utf-8' }),
        { abortSignal: signal },
      );
      return key;
    },

    async get(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return (await Body?.transformToString('utf-8')) ?? '';
      } catch (cause) {
        if (!(cause instanceof NoSuchKey)) throw cause;
        throw new GaplessError(
          'PAYLOAD_MISSING',
          `The payload ${key} is not in bucket ${bucket}: somebody deleted it. Restore an earlier version of the object.`,
          { cause },
        );
      }
    },
  };
}

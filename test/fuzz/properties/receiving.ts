import assert from 'node:assert/strict';
import { Logger } from '@aws-lambda-powertools/logger';
import { createHandler } from '../../../functions/receive-webhook/handler.ts';
import { GaplessError } from '../../../shared/errors.ts';
import type { AcceptedDelivery, SecretSource } from '../../../shared/ports.ts';
import { maxSecretAgeMs } from '../../../shared/use-cases/secret-ages.ts';
import { context } from '../../functions/receive-webhook/http-event.ts';
import { requestEvent } from '../input/request.ts';
import type { RequestRecipe } from '../input/request-recipe.ts';
import { known, newest, nowMs } from '../input/secrets.ts';
import { expectedAnswer } from './expected-answer.ts';

/** The status, and the delivery where one was accepted. */
export interface Received {
  readonly status: number;
  readonly delivery: AcceptedDelivery | undefined;
}

/** The real handler with in-process ports. Checks each answer against what the documentation says. */
export function createReceiving(): (recipe: RequestRecipe, body: Uint8Array) => Promise<Received> {
  const mode: { secrets: RequestRecipe['secrets']; queue: RequestRecipe['queue'] } = {
    secrets: 'there',
    queue: 'takes',
  };
  const taken: AcceptedDelivery[] = [];
  const told: number[] = [];

  const secretsOf = (app: 'default' | 'shop'): SecretSource => ({
    async read(maxAgeMs) {
      if (mode.secrets === 'not there') {
        return { kind: 'unavailable', error: new GaplessError('SECRET_UNAVAILABLE', 'made up') };
      }
      const secrets = maxAgeMs <= maxSecretAgeMs.doubted ? newest[app] : known[app];
      return { kind: 'available', secrets: mode.secrets === 'there' ? secrets : ended };
    },
  });
  const handler = createHandler({
    clock: { now: () => nowMs },
    logger: new Logger({ logLevel: 'SILENT' }),
    secretsOf: new Map([
      ['default', secretsOf('default')],
      ['shop', secretsOf('shop')],
    ]),
    tellAnswer: (_app, status) => told.push(status),
    queue: {
      async send(delivery) {
        if (mode.queue === 'refuses') throw new GaplessError('QUEUE_UNAVAILABLE', 'made up');
        if (mode.queue === 'breaks') throw new TypeError('made up');
        taken.push(delivery);
      },
      async sendHeartbeat() {
        if (mode.queue !== 'takes') throw new GaplessError('QUEUE_UNAVAILABLE', 'made up');
      },
    },
  });

  return async (recipe, body) => {
    Object.assign(mode, { secrets: recipe.secrets, queue: recipe.queue });
    taken.length = 0;
    told.length = 0;
    const event = requestEvent(recipe, body);
    const expected = expectedAnswer(event, recipe);
    const { statusCode: status = 0, body: answered = '' } = await handler(event, context);

    assert.equal(status, expected.status, 'the status is the documented one');
    assert.equal(
      JSON.parse(answered).response_token,
      expected.responseToken,
      'a CRC gets its own answer, nothing else any',
    );
    assert.equal(taken.length, expected.queued === undefined ? 0 : 1, '200 for a POST, and it alone, means queued');
    assert.deepEqual(told, recipe.method === 'POST' && status !== 404 ? [status] : [], 'each POST is told once');
    const [delivery] = taken;
    if (delivery !== undefined)
      assert.ok(Buffer.from(delivery.body).equals(expected.queued ?? Buffer.of()), 'byte for byte');
    return { status, delivery };
  };
}

const ended = {
  consumerSecrets: [{ value: 'old-consumer', validUntil: nowMs }],
  clientSecrets: [{ value: 'old-client', validUntil: nowMs }],
};

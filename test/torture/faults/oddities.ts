import { type Random, randomBelow, randomHex } from '../../../local/x-emulator/random.ts';
import type { FaultOf, Oddity } from '../fault.ts';
import type { Performance } from '../stage.ts';
import { spread } from './spread.ts';

/** Larger than DynamoDB's item, and larger than SQS's message. */
const largeBytes = 500_000;
const hugeBytes = 1_200_000;

function bodyOf(oddity: Oddity, random: Random): Uint8Array {
  const id = String(1_700_000_000_000_000_000n + BigInt(randomBelow(random, 1e9)));
  const post = (text: string) =>
    JSON.stringify({
      for_user_id: '29010112',
      tweet_create_events: [
        { id: 0, id_str: id, text, user: { id_str: '29010112' }, created_at: 'Sat Nov 21 12:00:00 +0000 2026' },
      ],
    });
  switch (oddity) {
    case 'unknown-json':
      return Buffer.from(JSON.stringify({ for_user_id: '29010112', moon_events: [{ phase: randomHex(random, 8) }] }));
    case 'bytes':
      return Buffer.from(randomHex(random, 2 * (1 + randomBelow(random, 300))), 'hex');
    case 'empty':
      return new Uint8Array();
    case 'nearly-x':
      return Buffer.from(
        `{"for_user_id":${randomBelow(random, 1e6)},"tweet_create_events":{"id_str":null},"data":[1e400,-0.0]}`,
      );
    case 'large-event':
      return Buffer.from(post('x'.repeat(largeBytes)));
    case 'huge-event':
      return Buffer.from(post('y'.repeat(hugeBytes)));
    case 'huge-activity':
      return Buffer.from(
        JSON.stringify({
          data: {
            event_type: 'post.create',
            event_uuid: randomHex(random, 32),
            filter: { user_id: '29010112' },
            payload: { id, text: 'z'.repeat(hugeBytes), author_id: '29010112', created_at: '2026-11-21T12:00:00.000Z' },
          },
        }),
      );
  }
}

/** X signs and delivers what its documents do not know. */
export async function sendOddities(
  { oddity, count }: FaultOf<'oddities'>,
  { stage, random, forMs, signal }: Performance,
): Promise<void> {
  const sent: Promise<unknown>[] = [];
  await spread(count, forMs, signal, () => {
    sent.push(
      stage.x.emit({ body: bodyOf(oddity, random), webhookId: stage.webhookId, times: 1 + randomBelow(random, 2) }),
    );
  });
  await Promise.all(sent);
}

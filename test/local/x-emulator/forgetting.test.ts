import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { numbered, startReplaying } from './replay/replaying.ts';

const minuteMs = 60_000;

describe('bodies', () => {
  test('that are older than X’s horizon are forgotten, and still counted', async (t) => {
    const { x, clock, webhookId } = await startReplaying(t, numbered(2));
    const bodies = () => [...x.sent.events.values()].map(({ body }) => body && Buffer.from(body).toString());

    clock.advance(24 * 60 * minuteMs);
    await x.emit({ webhookId, body: '{"n":"new"}' });

    assert.deepEqual(bodies(), [undefined, '{"n":1}', '{"n":"new"}']);
    assert.equal(x.sent.counts().distinct, 3);
  });

  test('are all kept where they are wanted', async (t) => {
    const { x, clock, webhookId } = await startReplaying(t, numbered(2), { keepsBodies: true });

    clock.advance(100 * 60 * minuteMs);
    await x.emit({ webhookId, body: '{"n":"new"}' });

    assert.ok([...x.sent.events.values()].every(({ body }) => body !== undefined));
  });
});

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { compactJson } from '../../../shared/domain/compact-json.ts';
import { type Recorder, startRecorder } from './recorder.ts';
import { delivered, follows } from './sqs-event.ts';

const folder = join(import.meta.dirname, '../../fixtures/x');
const bodies = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json') && !name.includes('replay_job_status'))
  .map((name) => readFileSync(join(folder, name), 'utf8'));

const fixture = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));

describe('the recorder, with every body that X documents', () => {
  let recorder: Recorder;

  beforeEach(async () => {
    recorder = await startRecorder();
  });
  afterEach(() => recorder.close());

  const record = (...parts: readonly object[]) => recorder.record(parts.map((body) => delivered(JSON.stringify(body))));
  const accounts = async () => (await recorder.events()).map(({ account }) => account).toSorted();

  test('stores each once with its payload as sent, though all come three times in another order', async () => {
    const turned = [...bodies.slice(20), ...bodies.slice(0, 20)];
    for (const order of [bodies, bodies.toReversed(), turned]) {
      assert.deepEqual(await recorder.record(order.map((body) => delivered(body))), []);
    }
    const payloads = (await recorder.events()).map(({ payload }) => payload);
    assert.ok(payloads.length > 50);
    assert.deepEqual(payloads.toSorted(), bodies.map(compactJson).toSorted());
  });

  test('stores one message for each of the two subscribed users in it', async () => {
    const message = fixture('aaa/direct_message_events.received');
    await record({ ...message, for_user_id: '1' }, { ...message, for_user_id: '2' });
    assert.deepEqual(await accounts(), ['1', '2']);
  });

  test('stores one news item for each of two keywords', async () => {
    const { data } = fixture('xaa/news.new');
    await record(...['ada', 'babbage'].map((keyword) => ({ data: { ...data, filter: { keyword } } })));
    assert.deepEqual(await accounts(), ['ada', 'babbage']);
  });

  test('stores each entry of an array, and both kinds of a body with two keys', async () => {
    await record(JSON.parse(follows('1', '2', '3')));
    assert.equal((await recorder.events()).length, 3);
    const likes = fixture('aaa/favorite_events');
    await record({ ...likes, ...fixture('aaa/tweet_create_events.post'), for_user_id: likes.for_user_id });
    const added = (await recorder.events()).map(({ wireType }) => wireType).filter((type) => type !== 'follow_events');
    assert.deepEqual(added.toSorted(), ['favorite_events', 'tweet_create_events']);
  });
});

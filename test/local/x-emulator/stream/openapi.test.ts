import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toXJson } from '../../../../local/x-emulator/payloads/x-json.ts';
import { member } from '../../../../shared/domain/json.ts';
import { loadXDescription, skipWithoutDescription } from '../../../support/x-description.ts';
import { asApp, asUser, startX } from '../emulated-x.ts';
import { readStream } from './reading.ts';

/**
 * What can be held against X's description: its samples of `follow.*` and `news.new` are not as it says, and a deletion or a change of a profile
 * fits two of the payloads of which it says that one must fit.
 */
const describedTypes = ['post.create', 'post.mention.create', 'post.reply.create', 'like.create'];

test('the stream and its connections are as X describes them', { skip: skipWithoutDescription }, async (t) => {
  const emulated = await startX(t);
  const { x, api, clock } = emulated;
  const description = loadXDescription(asApp.replace('Bearer ', ''));
  const check = (request: string, requestBody: string, status: number, contentType: string, answerBody: string) => {
    const [method = '', path = ''] = request.split(' ');
    const url = new URL(path, x.url);
    description.check({ method, url, authorization: asApp, requestBody, status, contentType, answerBody });
  };
  const call = async (request: string, body?: unknown) => {
    const answer = await api(request, body);
    check(
      request,
      body === undefined ? '' : JSON.stringify(body),
      answer.status,
      answer.contentType,
      JSON.stringify(answer.body),
    );
    return answer;
  };

  for (const event_type of describedTypes) {
    const request = { event_type, filter: { user_id: '2244' }, tag: 'mine' };
    await api('POST /2/activity/subscriptions', request, asUser('2244'));
  }
  const readers = [await readStream(t, emulated), await readStream(t, emulated)];
  assert.equal((await call('GET /2/activity/stream?backfill_minutes=5')).status, 429);
  x.startTraffic({ rate: 100, steady: true });
  clock.advance(2_000);
  await x.caughtUp();
  const [reader] = readers;
  await reader?.until(() => reader.lines.length === 200);
  const types = new Set<unknown>();
  for (const line of reader?.lines ?? []) {
    types.add(member(line, 'data', 'event_type'));
    // What X's own samples have and its description does not allow: ids of 64 bits with a sign, and `tweet_count`.
    const text = toXJson(line)
      .replace('"event_uuid":"-', '"event_uuid":"')
      .replaceAll('"tweet_count":', '"post_count":');
    check('GET /2/activity/stream', '', 200, 'application/json; charset=utf-8', text);
  }
  assert.deepEqual([...types].sort(), [...describedTypes].sort());

  await call('GET /2/connections?max_results=1');
  await call('GET /2/connections?status=all&connection.fields=id,endpoint_name');
  await call('DELETE /2/connections', { uuids: [x.stream.connections()[0]?.uuid, 'unknown'] });
  await call('DELETE /2/connections/filtered_stream');
  await call('DELETE /2/connections/all');
  for (const status of [429, 503]) {
    x.stream.refuse({ status });
    await call('GET /2/activity/stream');
  }
  await call('GET /2/activity/stream?start_time=2026-11-20T11:00:00Z&end_time=2026-11-21T11:00:00Z');
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { list, member } from '../../../shared/domain/json.ts';
import { asUser, startX } from './emulated-x.ts';
import { readStream } from './stream/reading.ts';

describe('the connections of the app', () => {
  test('are those that are open, unless others are asked for', async (t) => {
    const emulated = await startX(t);
    const first = await readStream(t, emulated);
    emulated.x.stream.disconnect();
    await first.ended;
    emulated.clock.advance(1000);
    await readStream(t, emulated);
    const statusesOf = async (query: string) => {
      const { body } = await emulated.api(`GET /2/connections${query}`);
      return list(member(body, 'data')).map((one) => member(one, 'disconnect_reason'));
    };

    assert.deepEqual(await statusesOf(''), [undefined]);
    assert.deepEqual(await statusesOf('?status=inactive'), ['UpstreamOperationalDisconnect']);
    assert.deepEqual(await statusesOf('?status=all'), ['UpstreamOperationalDisconnect', undefined]);
    assert.deepEqual(await statusesOf('?status=all&endpoints=filtered_stream'), []);
    const { body } = await emulated.api('GET /2/connections?connection.fields=endpoint_name,connected_at');
    assert.deepEqual(list(member(body, 'data')), [
      { endpoint_name: 'activity_stream', connected_at: '2026-11-21T12:00:01.000Z' },
    ]);
  });

  test('come in pages', async (t) => {
    const emulated = await startX(t);
    for (let left = 3; left > 0; left -= 1) {
      const reader = await readStream(t, emulated);
      emulated.x.stream.disconnect();
      await reader.ended;
    }

    const first = await emulated.api('GET /2/connections?status=all&max_results=2');
    const token = member(first.body, 'meta', 'next_token');
    const second = await emulated.api(`GET /2/connections?status=all&max_results=2&pagination_token=${token}`);

    const ids = [first, second].map(({ body }) => list(member(body, 'data')).map((one) => member(one, 'id')));
    assert.deepEqual(
      ids.flat(),
      emulated.x.stream.connections().map(({ uuid }) => uuid),
    );
    assert.equal(member(second.body, 'meta', 'next_token'), undefined);
  });

  test('can be ended by id, by endpoint and all', async (t) => {
    const emulated = await startX(t);
    const kills = async (request: string, body?: unknown) => {
      const answer = await emulated.api(request, body);
      return [member(answer.body, 'data', 'successful_kills'), member(answer.body, 'data', 'failed_kills')];
    };
    const readers = [await readStream(t, emulated), await readStream(t, emulated)];
    const uuids = emulated.x.stream.connections().map(({ uuid }) => uuid);

    assert.deepEqual(await kills('DELETE /2/connections', { uuids: [uuids[0], 'unknown'] }), [1, 1]);
    assert.deepEqual(await kills('DELETE /2/connections/filtered_stream'), [0, 0]);
    assert.deepEqual(await kills('DELETE /2/connections/activity_stream'), [1, 0]);
    for (const reader of readers) {
      assert.equal(await reader.ended, 'end');
      assert.equal(member(list(member(reader.lines[0], 'errors'))[0], 'disconnect_type'), 'ForceDisconnect');
    }
    await readStream(t, emulated);
    assert.deepEqual(await kills('DELETE /2/connections/all'), [1, 0]);
    assert.deepEqual(await kills('DELETE /2/connections/all'), [0, 0]);
  });

  test('are refused to users, and to requests that X does not describe', async (t) => {
    const { api } = await startX(t);
    assert.equal((await api('GET /2/connections', undefined, asUser('1'))).status, 403);
    for (const query of ['status=open', 'endpoints=everything', 'connection.fields=secret', 'max_results=101']) {
      assert.equal((await api(`GET /2/connections?${query}`)).status, 400, query);
    }
    for (const uuids of [undefined, [], Array(101).fill('a')]) {
      assert.equal((await api('DELETE /2/connections', { uuids })).status, 400);
    }
    assert.equal((await api('DELETE /2/connections/everything')).status, 400);
  });
});

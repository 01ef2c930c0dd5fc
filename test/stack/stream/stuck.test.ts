import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minuteMs } from '../../../shared/domain/gaps/interval.ts';
import { startStreaming } from './driver.ts';

test('connections that X still counts after their readers were killed are ended by name, and nothing is lost', async () => {
  await using parts = new AsyncDisposableStack();
  const streaming = await startStreaming({ speed: 30, activity: 'stream' }, parts);
  const { x, readStream, until } = streaming;
  x.stream.holdAbandoned(24 * 60 * minuteMs);
  x.startTraffic({ rate: 1, steady: true, kinds: ['xaa'] });

  for (const connections of [2, 3]) {
    assert.ok(readStream.kill('SIGKILL') > 0);
    await until('another connection', () => x.stream.counts().made >= connections);
  }

  const ended = x.stream.connections().filter(({ reason }) => reason === 'ForceDisconnect');
  assert.ok(x.stream.counts().tooMany > 0, 'X refused a third connection');
  assert.ok(ended.length > 0);
  await streaming.assertAllStored();
  assert.equal(x.stream.counts().most, 2);
});

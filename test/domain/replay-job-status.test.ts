import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixture, split, splitOne } from './split.ts';

describe('a replay job status', () => {
  test('is no event', () => {
    assert.deepEqual(split(fixture('other/replay_job_status.complete')), {
      events: [],
      replayStatuses: [
        {
          jobId: '1995000000000000000',
          webhookId: '1500000000000000007',
          state: 'Complete',
          description: 'Job completed successfully',
        },
      ],
    });
  });

  test('may lack everything but its job', () => {
    const { replayStatuses } = split('{"replay_job_status":{"job_id":1995000000000000001}}');
    assert.deepEqual(replayStatuses, [{ jobId: '1995000000000000001', state: 'Unknown' }]);
  });

  test('without a job is an unknown event, so that it is not lost', () => {
    const body = '{"replay_job_status":{"job_state":"Complete"}}';
    const event = splitOne(body);
    assert.deepEqual([event.product, event.type, event.wireType], ['unknown', 'unknown', 'replay_job_status']);
    assert.equal(event.payload, body);
    assert.equal(splitOne('{"replay_job_status":"Complete"}').type, 'unknown');
  });

  test('beside events is taken out of them', () => {
    const data = { event_uuid: '1', event_type: 'follow.follow', payload: {} };
    const both = split({ data, replay_job_status: { job_id: '5', job_state: 'Incomplete' } });
    assert.deepEqual(both.replayStatuses, [{ jobId: '5', state: 'Incomplete' }]);
    assert.deepEqual(
      both.events.map(({ payload }) => JSON.parse(payload)),
      [{ data }],
    );
    const orphan = split({ data, replay_job_status: {} });
    assert.deepEqual(
      orphan.events.map(({ type, payload }) => [type, JSON.parse(payload)]),
      [
        ['follow.follow', { data }],
        ['unknown', { replay_job_status: {} }],
      ],
    );
  });
});

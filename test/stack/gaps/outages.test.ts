import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertBounds, startWatched, type Watched } from './driver.ts';

describe('an outage is found with its bounds and what was missed comes back', () => {
  let watched: Watched;
  before(async () => {
    watched = await startWatched();
  });
  after(() => watched.close());

  const newGaps = async (known: number) => (await watched.gaps()).slice(known);
  const secretText = (value: string) => JSON.stringify({ consumerSecrets: [{ value }], clientSecrets: [{ value }] });

  test('the receiver down for half an hour', async () => {
    const receiver = watched.stack.functions.named('ReceiveWebhook');
    const fromMs = watched.now();
    receiver.pause();
    await watched.minutes(30);
    receiver.resume();
    const toMs = watched.now();
    await watched.minutes(10);
    await watched.healed();

    const [gap, ...more] = await newGaps(0);
    assert.equal(gap?.state, 'healed');
    assertBounds(gap, { fromMs, toMs }, { before: 2, after: 2 });
    assert.ok(gap !== undefined && gap.recovered > 100);
    assert.deepEqual(more, []);
    await watched.assertAllStored();
  });

  test('SQS down for ten minutes', async () => {
    const known = (await watched.gaps()).length;
    const fromMs = watched.now();
    const heal = watched.stack.faults?.sqs.add({ target: 'SendMessage', respond: { status: 503, body: '{}' } });
    await watched.minutes(10);
    heal?.();
    const toMs = watched.now();
    await watched.minutes(15);
    await watched.healed();

    const [gap, ...more] = await newGaps(known);
    assert.equal(gap?.state, 'healed');
    assert.equal(gap?.reason, 'heartbeat');
    assertBounds(gap, { fromMs, toMs }, { before: 2, after: 2 });
    assert.deepEqual(more, []);
    await watched.assertAllStored();
  });

  test('X marks the webhook invalid for a quarter of an hour', async () => {
    const known = (await watched.gaps()).length;
    const span = await watched.outage('invalid', 15);
    await watched.minutes(5);
    await watched.healed();

    const [gap, ...more] = await newGaps(known);
    assert.equal(gap?.state, 'healed');
    assert.equal(gap?.reason, 'invalid');
    assertBounds(gap, span, { before: 2, after: 4 });
    assert.deepEqual(more, []);
    await watched.assertAllStored();
  });

  test('a secret wrong for ten minutes, then right again', async () => {
    const known = (await watched.gaps()).length;
    const arn = String(Object.values(JSON.parse(watched.stack.outputs.AppSecretArns ?? '{}'))[0]);
    const right = watched.stack.secrets.current(arn) ?? '';
    const fromMs = watched.now();
    watched.stack.secrets.put(arn, secretText('not the one that X signs with'));
    watched.stack.functions.named('ReceiveWebhook').kill();
    await watched.minutes(10);
    watched.stack.secrets.put(arn, right);
    const toMs = watched.now();
    await watched.minutes(15);
    await watched.healed();

    const [gap] = await newGaps(known);
    assert.equal(gap?.state, 'healed');
    assertBounds(gap, { fromMs, toMs }, { before: 2, after: 3 });
    await watched.assertAllStored();
  });

  test('two outages five minutes apart', async () => {
    const known = (await watched.gaps()).length;
    const first = await watched.outage('dead-url', 12);
    await watched.minutes(5);
    const second = await watched.outage('silent', 12);
    await watched.minutes(10);
    await watched.healed();

    const gaps = await newGaps(known);
    assert.deepEqual(
      gaps.map(({ state }) => state),
      ['healed', 'healed'],
    );
    assertBounds(gaps[0], first, { before: 2, after: 4 });
    assertBounds(gaps[1], second, { before: 2, after: 4 });
    await watched.assertAllStored();
  });

  test('the worker dead for an hour: the queue holds everything, so there is no gap', async () => {
    const known = (await watched.gaps()).length;
    const recorder = watched.stack.functions.named('RecordEvents');
    recorder.pause();
    await watched.minutes(60);
    const during = await watched.compare();
    recorder.resume();
    await watched.minutes(10);

    assert.ok(during.lost > 300, 'what the queue holds is not in the table yet');
    assert.deepEqual(await newGaps(known), []);
    await watched.assertAllStored();
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { member } from '../../../shared/domain/json.ts';
import { synthesized } from '../../infra/synthesized.ts';
import { needsAt, shortOf, sumRows } from './aws-sum.ts';

const template = await synthesized();
const setting = (type: string, ...path: readonly string[]) =>
  Number(member(template.ofType(type)[0]?.Properties, ...path));
const settings = {
  throttlePerSecond: setting('AWS::ApiGatewayV2::Stage', 'DefaultRouteSettings', 'ThrottlingRateLimit'),
  recorderBatchSize: setting('AWS::Lambda::EventSourceMapping', 'BatchSize'),
  recorderConcurrency: setting('AWS::Lambda::EventSourceMapping', 'ScalingConfig', 'MaximumConcurrency'),
};
const shortAt = (rate: number) => needsAt(rate, settings).filter((need) => shortOf(need).length > 0);

describe('the sum for AWS', () => {
  test('finds room for X’s replay rate in the deployed template and in AWS’s first quotas', () => {
    assert.deepEqual(shortAt(2_500), []);
  });

  test('says where a hundred thousand a second do not fit', () => {
    const parts = shortAt(100_000).map(({ part }) => part);
    assert.equal(parts.length, needsAt(100_000, settings).length);
    assert.deepEqual(shortOf(needsAt(100_000, settings)[0] ?? assert.fail()), ['template', 'quota']);
  });

  test('ends at four thousand events a second, where the shards of an index do', () => {
    const shards = (rate: number) => needsAt(rate, settings).find(({ part }) => part.includes('shards'));
    assert.deepEqual(shortOf(shards(4_000) ?? assert.fail()), []);
    assert.deepEqual(shortOf(shards(4_001) ?? assert.fail()), ['template']);
  });

  test('marks in its table what is too much', () => {
    const [door] = sumRows([2_500, 100_000], settings);
    assert.equal(door?.['at 2,500/s'], '2,500');
    assert.equal(door?.['at 100,000/s'], '100,000 (over template and quota)');
  });
});

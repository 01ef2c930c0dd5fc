import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readAccessLog, readMetricFilters } from '../../../local/template/log-resources.ts';
import { createScope } from '../../../local/template/names.ts';
import type { Resource } from '../../../local/template/read-template.ts';

const resource = (logicalId: string, type: string, properties: Resource['properties']): Resource => ({
  logicalId,
  type,
  properties,
  metadata: {},
});

const templateOf = (stage: Resource['properties']) => ({
  stackName: 'Stack',
  assemblyDir: '/assembly',
  outputs: {},
  resources: [
    resource('Log', 'AWS::Logs::LogGroup', {}),
    resource('Stage', 'AWS::ApiGatewayV2::Stage', { StageName: '$default', ...stage }),
    resource('Refused', 'AWS::Logs::MetricFilter', { LogGroupName: { Ref: 'Log' }, FilterPattern: '{ $.a = 1 }' }),
  ],
});

const places = { sqsEndpoint: 'http://127.0.0.1:1', apiUrl: 'http://127.0.0.1:2', secretArn: (name: string) => name };
const settings = { DestinationArn: { 'Fn::GetAtt': ['Log', 'Arn'] }, Format: '{}' };

describe('the logs of a template', () => {
  test('are told apart by the name that a metric filter has, too', () => {
    const template = templateOf({ AccessLogSettings: settings });
    const scope = createScope(template, places);
    assert.deepEqual(readAccessLog(template, scope), { logGroup: 'Stack-Log', format: '{}' });
    assert.deepEqual(readMetricFilters(template, scope), [
      { logicalId: 'Refused', properties: { LogGroupName: 'Stack-Log', FilterPattern: '{ $.a = 1 }' } },
    ]);
  });

  test('may have no access log', () => {
    const template = templateOf({});
    assert.equal(readAccessLog(template, createScope(template, places)), undefined);
  });

  for (const stage of [{ StageName: 'live' }, { RouteSettings: {} }]) {
    test(`cannot be of a stage with ${JSON.stringify(stage)}`, () => {
      const template = templateOf(stage);
      assert.throws(() => readAccessLog(template, createScope(template, places)), { code: 'LOCAL_UNSUPPORTED' });
    });
  }
});

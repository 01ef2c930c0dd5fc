// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of CloudFormation's Fn::Sub
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { resolve, type Scope } from '../../../local/template/resolve.ts';

const scope: Scope = {
  ref: (name) => ({ 'AWS::Region': 'us-east-1', Queue: 'http://queue' })[name],
  attribute: (logicalId, name) => (logicalId === 'Queue' && name === 'Arn' ? 'arn:queue' : undefined),
};

describe('intrinsic functions', () => {
  const cases: readonly (readonly [name: string, value: unknown, expected: unknown])[] = [
    ['Ref', { Ref: 'Queue' }, 'http://queue'],
    ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'us-east-1'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:queue'],
    ['Fn::GetAtt as a text', { 'Fn::GetAtt': 'Queue.Arn' }, 'arn:queue'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'Queue' }]] }, 'a-http://queue'],
    ['Fn::Split', { 'Fn::Split': [':', { 'Fn::GetAtt': ['Queue', 'Arn'] }] }, ['arn', 'queue']],
    ['Fn::Select', { 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b'] }] }, 'b'],
    ['Fn::Sub', { 'Fn::Sub': 'x-${AWS::Region}-${Queue.Arn}-${!kept}' }, 'x-us-east-1-arn:queue-${kept}'],
    [
      'Fn::Sub with variables',
      { 'Fn::Sub': ['${one}/${Queue}', { one: { Ref: 'AWS::Region' } }] },
      'us-east-1/http://queue',
    ],
    ['none at all', { a: [1, true, null, { b: 'c' }] }, { a: [1, true, null, { b: 'c' }] }],
    ['inside lists and objects', [{ a: { Ref: 'Queue' } }], [{ a: 'http://queue' }]],
  ];
  for (const [name, value, expected] of cases) {
    test(`${name} is resolved`, () => assert.deepEqual(resolve(value, scope), expected));
  }

  for (const value of [
    { Ref: 'Nobody' },
    { 'Fn::GetAtt': ['Queue', 'Colour'] },
    { 'Fn::ImportValue': 'x' },
    { 'Fn::If': ['c', 1, 2] },
    { 'Fn::Join': ['-', 'no list'] },
    { 'Fn::Sub': '${Nobody}' },
  ]) {
    test(`${JSON.stringify(value)} is refused`, () => {
      assert.throws(() => resolve(value, scope), { code: 'LOCAL_UNSUPPORTED' });
    });
  }
});

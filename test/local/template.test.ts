// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the placeholders of CloudFormation.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTemplate } from '../../infra/local/template/template.ts';
import { aFolder } from './a-stack.ts';

/** Resolves one value as a property of a bucket's policy would be. */
function resolve(value: unknown, document: object = {}, parameters: Record<string, string> = {}) {
  const assemblyDir = aFolder('template');
  const Resources = {
    Jobs: { Type: 'AWS::SQS::Queue', Properties: {} },
    Items: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { 'Fn::Sub': 'items-${Stage}' } } },
    Rule: { Type: 'AWS::Events::Rule', Properties: { value } },
  };
  const Parameters = { Stage: { Type: 'String', Default: 'dev' }, Needed: { Type: 'String' } };
  const template = { Resources, Parameters, ...document };
  writeFileSync(join(assemblyDir, 'S.template.json'), JSON.stringify(template));
  writeFileSync(join(assemblyDir, 'S.assets.json'), JSON.stringify({ files: {} }));
  const loaded = loadTemplate({ assemblyDir, parameters, gateway: 'http://aws', site: 'http://site' });
  return loaded.resources.get('Rule')?.properties['value'];
}

const intrinsics: [what: string, value: unknown, expected: unknown][] = [
  ['Ref of a queue', { Ref: 'Jobs' }, 'http://aws/000000000000/S-Jobs'],
  ['Ref of a named table', { Ref: 'Items' }, 'items-dev'],
  ['Ref of a parameter', { Ref: 'Stage' }, 'dev'],
  ['Ref of a pseudo parameter', { Ref: 'AWS::AccountId' }, '000000000000'],
  [
    'GetAtt',
    { 'Fn::GetAtt': ['Items', 'Arn'] },
    'arn:aws:dynamodb:local-region:000000000000:table/items-dev',
  ],
  ['Join', { 'Fn::Join': ['', ['a', { Ref: 'Stage' }]] }, 'adev'],
  ['Sub', { 'Fn::Sub': '${Stage} ${Jobs.QueueName} ${!Stage}' }, 'dev S-Jobs ${Stage}'],
  ['Sub with values', { 'Fn::Sub': ['${a}-${Stage}', { a: { Ref: 'Stage' } }] }, 'dev-dev'],
  ['Select and Split', { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
  ['If', { 'Fn::If': ['IsDev', 'yes', 'no'] }, 'yes'],
  ['If without a value', { a: 1, b: { 'Fn::If': ['IsDev', { Ref: 'AWS::NoValue' }, 2] } }, { a: 1 }],
  ['FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'memory'] }, 128],
];
const extras = {
  Conditions: {
    IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    IsDev: {
      'Fn::And': [{ 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] }, { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }],
    },
  },
  Mappings: { Sizes: { dev: { memory: 128 } } },
};

describe('a template', () => {
  it.each(intrinsics)('resolves %s', (_, value, expected) => {
    expect(resolve(value, extras)).toEqual(expected);
  });

  it('takes given parameters before defaults', () => {
    expect(resolve({ Ref: 'Stage' }, {}, { Stage: 'mine' })).toBe('mine');
  });

  const pool = (Condition: string) => ({
    ...extras,
    Resources: {
      Pool: {
        Type: 'AWS::Cognito::UserPool',
        Properties: { MfaConfiguration: { Ref: 'Needed' } },
        Condition,
      },
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: { value: { 'Fn::If': [Condition, { 'Fn::GetAtt': ['Pool', 'ProviderURL'] }, 'given'] } },
      },
    },
  });

  it('leaves out what its condition leaves out, and asks nothing of it', () => {
    expect(resolve(undefined, pool('IsProd'))).toBe('given');
  });

  it('refuses what the local issuer stands for, where it would have to be made', () => {
    expect(() => resolve(undefined, pool('IsDev'), { Needed: 'ON' })).toThrow(
      /does not know Pool.ProviderURL of AWS::Cognito::UserPool/,
    );
  });

  it.each([
    [{ Ref: 'Needed' }, /parameter Needed has no value/],
    [{ Ref: 'Nothing' }, /does not declare/],
    [{ 'Fn::GetAtt': ['Jobs', 'Colour'] }, /does not know Jobs.Colour/],
    [{ 'Fn::ImportValue': 'x' }, /does not know the function Fn::ImportValue/],
  ])('refuses %j', (value, message) => {
    expect(() => resolve(value)).toThrow(message);
  });
});

import { describe, expect, test } from 'vitest';
import { aTemplate } from '../support/a-template.ts';

// biome-ignore lint/suspicious/noExplicitAny: CloudFormation is open JSON.
type Json = any;
const [prod, dev, none] = [aTemplate('prod'), aTemplate('dev'), aTemplate('prod', 'off')].map(
  (template) => template.toJSON() as Json,
);

const made: [string, Json][] = Object.entries<Json>(prod.Resources).filter(([, { Type }]) =>
  Type.startsWith('AWS::Cognito::'),
);
const propertiesOf = (type: string) => made.find(([, { Type }]) => Type === type)?.[1].Properties;

describe('a deployment without an issuer of its own', () => {
  test('has a user pool with managed login made; one with an issuer has nothing of Cognito', () => {
    expect(made.map(([, { Type }]) => Type).sort()).toEqual([
      'AWS::Cognito::ManagedLoginBranding',
      'AWS::Cognito::UserPool',
      'AWS::Cognito::UserPoolClient',
      'AWS::Cognito::UserPoolDomain',
    ]);
    const [condition] = new Set(made.map(([, { Condition }]) => Condition));
    expect(made.every(([, each]) => each.Condition === condition)).toBe(true);
    expect(prod.Conditions[condition]).toEqual({ 'Fn::Equals': [{ Ref: 'Issuer' }, ''] });
    expect(prod.Parameters.Issuer).toMatchObject({ Default: '' });
    expect(propertiesOf('AWS::Cognito::UserPoolDomain')).toMatchObject({ ManagedLoginVersion: 2 });
  });

  test('believes the tokens of either, and no others', () => {
    const idOf = (type: string) => made.find(([, { Type }]) => Type === type)?.[0];
    const authorizers = Object.values<Json>(prod.Resources).filter(
      ({ Type }) => Type === 'AWS::ApiGatewayV2::Authorizer',
    );
    const either = (own: object, given: string) => ({
      'Fn::If': [expect.stringContaining('IsOwn'), own, { Ref: given }],
    });
    expect(authorizers.map(({ Properties }) => Properties.JwtConfiguration)).toEqual([
      {
        Issuer: either({ 'Fn::GetAtt': [idOf('AWS::Cognito::UserPool'), 'ProviderURL'] }, 'Issuer'),
        Audience: [either({ Ref: idOf('AWS::Cognito::UserPoolClient') }, 'Audience')],
      },
    ]);
  });
});

describe('a campaigner on Cognito', () => {
  const pool = propertiesOf('AWS::Cognito::UserPool');
  const client = propertiesOf('AWS::Cognito::UserPoolClient');

  test('makes an account by an address that is verified, and stays that of the old one until a new one is', () => {
    expect(pool).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      AutoVerifiedAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
    });
    expect(client.WriteAttributes).toEqual(['email']);
  });

  test('signs in by the code flow alone, from a browser that keeps no secret, for an hour', () => {
    expect(client).toMatchObject({
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email'],
      GenerateSecret: false,
      ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
      IdTokenValidity: 60,
      RefreshTokenValidity: 12 * 60,
      TokenValidityUnits: { IdToken: 'minutes', RefreshToken: 'minutes' },
    });
  });

  test.each([
    ['with a CDN', prod],
    ['without', none],
  ])('comes back to this site and to no other (%s)', (_, template: Json) => {
    const { CallbackURLs, LogoutURLs } = Object.values<Json>(template.Resources).find(
      ({ Type }) => Type === 'AWS::Cognito::UserPoolClient',
    ).Properties;
    const outputs = template.Outputs.SiteUrl.Value;
    expect(CallbackURLs).toEqual([{ 'Fn::Join': ['', [outputs, '/dashboard/callback']] }]);
    expect(LogoutURLs).toEqual([{ 'Fn::Join': ['', [outputs, '/dashboard']] }]);
  });

  test('keeps the account in prod, whatever happens to the stack', () => {
    const of = (template: Json) =>
      Object.values<Json>(template.Resources).find(({ Type }) => Type === 'AWS::Cognito::UserPool');
    expect(of(prod)).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { DeletionProtection: 'ACTIVE', UserPoolTier: 'ESSENTIALS' },
    });
    expect(of(dev)).toMatchObject({
      DeletionPolicy: 'Delete',
      Properties: { DeletionProtection: 'INACTIVE' },
    });
  });
});

test('the command for the first admin names a function that no route leads to', () => {
  const [, parts] = prod.Outputs.FirstAdminCommand.Value['Fn::Join'];
  const { Ref } = parts.find(({ Ref }: Json) => prod.Resources[Ref]?.Type === 'AWS::Lambda::Function');
  expect(Ref).toContain('MakeFirstAdmin');
  const permissions = Object.values<Json>(prod.Resources).filter(
    ({ Type, Properties }) =>
      Type === 'AWS::Lambda::Permission' && JSON.stringify(Properties.FunctionName).includes(Ref),
  );
  expect(permissions).toEqual([]);
});

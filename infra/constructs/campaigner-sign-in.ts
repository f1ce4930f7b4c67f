import { CfnCondition, CfnResource, Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  ClientAttributes,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
  UserPoolDomain,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { signInPaths } from '../../shared/http/sign-in-paths.ts';
import { acknowledge } from './acknowledge.ts';
import type { HouseFunction } from './house-function.ts';

export interface CampaignerSignInProps {
  /** An OIDC issuer that there is already, and the id of its client; with an empty one the stack makes its own. */
  issuer: string;
  audience: string;
  /** Where people come back to: the site's address without a slash at the end. */
  siteUrl: string;
  /** Keeps the accounts whatever happens to the stack. */
  retain: boolean;
}

/**
 * Who signs campaigners in: the issuer given, or else a user pool of Cognito with its managed login. Anyone may make an
 * account; what an account may do is decided by its memberships alone.
 */
export class CampaignerSignIn extends Construct {
  /** Issuer and audience of their ID tokens. */
  readonly issuer: string;
  readonly audience: string;
  readonly #address: string;

  constructor(scope: Construct, id: string, props: CampaignerSignInProps) {
    super(scope, id);
    const isOwn = new CfnCondition(this, 'IsOwn', { expression: Fn.conditionEquals(props.issuer, '') });
    const pool = userPool(this, props.retain);
    const client = publicClient(this, pool, props.siteUrl);
    const domain = managedLogin(this, pool, client);
    for (const made of this.node.findAll().filter(CfnResource.isCfnResource))
      made.cfnOptions.condition = isOwn;
    const ownOr = (own: string, given: string) => Fn.conditionIf(isOwn.logicalId, own, given).toString();
    this.issuer = ownOr(pool.userPoolProviderUrl, props.issuer);
    this.audience = ownOr(client.userPoolClientId, props.audience);
    this.#address = ownOr(domain.baseUrl(), props.issuer);
  }

  /** Lets a page send people to sign in. All of it is public. */
  tell(page: HouseFunction): void {
    page.addEnvironment('ISSUER', this.issuer);
    page.addEnvironment('AUDIENCE', this.audience);
    page.addEnvironment('SIGN_IN_ADDRESS', this.#address);
  }
}

/** Accounts by verified e-mail addresses. Essentials is the least plan that has managed login; it costs by who signs in. */
function userPool(scope: Construct, retain: boolean): UserPool {
  const pool = new UserPool(scope, 'Pool', {
    featurePlan: FeaturePlan.ESSENTIALS,
    selfSignUpEnabled: true,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    autoVerify: { email: true },
    // A new address counts once it is verified: until then the account is that of the old one.
    keepOriginal: { email: true },
    standardAttributes: { email: { required: true, mutable: true } },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    passwordPolicy: {
      minLength: 12,
      requireDigits: false,
      requireLowercase: false,
      requireSymbols: false,
      requireUppercase: false,
    },
    signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true } },
    mfa: Mfa.OPTIONAL,
    mfaSecondFactor: { otp: true, sms: false },
    deletionProtection: retain,
    removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  acknowledge(pool, {
    'AwsSolutions-COG1':
      'Length is what makes passwords strong; rules of composition do not (NIST SP 800-63B).',
    'AwsSolutions-COG2':
      'Not every campaigner has a device for a second factor; passkeys and authenticator apps are optional.',
    'AwsSolutions-COG8': 'The Plus plan has no free users, and its protection is not needed to sign in.',
  });
  return pool;
}

/** For browsers, which can keep no secret: the code flow, which managed login takes with PKCE. */
function publicClient(scope: Construct, userPool: UserPool, siteUrl: string): UserPoolClient {
  return new UserPoolClient(scope, 'Client', {
    userPool,
    generateSecret: false,
    authFlows: { user: true },
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
      callbackUrls: [`${siteUrl}${signInPaths.callback}`],
      logoutUrls: [`${siteUrl}${signInPaths.home}`],
    },
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    preventUserExistenceErrors: true,
    idTokenValidity: Duration.hours(1),
    accessTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.hours(12),
    enableTokenRevocation: true,
    readAttributes: new ClientAttributes().withStandardAttributes({ email: true, emailVerified: true }),
    writeAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
  });
}

/** Cognito's own pages, as they come. A domain's prefix belongs to one deployment in the world: it has a part of the stack's id. */
function managedLogin(scope: Construct, userPool: UserPool, client: UserPoolClient): UserPoolDomain {
  const stackUuid = Fn.select(2, Fn.split('/', Stack.of(scope).stackId));
  const domain = new UserPoolDomain(scope, 'Domain', {
    userPool,
    cognitoDomain: { domainPrefix: `groundswell-${Fn.select(0, Fn.split('-', stackUuid))}` },
    managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
  });
  new CfnManagedLoginBranding(scope, 'Branding', {
    userPoolId: userPool.userPoolId,
    clientId: client.userPoolClientId,
    useCognitoProvidedValues: true,
  });
  return domain;
}

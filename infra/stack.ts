import {
  CfnCondition,
  CfnOutput,
  CfnParameter,
  type CfnParameterProps,
  Duration,
  Fn,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from './constructs/acknowledge.ts';
import { Alarms } from './constructs/alarms.ts';
import { CampaignerSignIn } from './constructs/campaigner-sign-in.ts';
import { Edge } from './constructs/edge.ts';
import { MailSender } from './constructs/mail-sender.ts';
import { SiteApi } from './constructs/site-api.ts';
import { SiteSettings } from './constructs/site-settings.ts';
import { edgePaths } from './edge-paths.ts';
import { ActionsRoom } from './rooms/actions.ts';
import { AuditRoom } from './rooms/audit.ts';
import { CampaignsRoom } from './rooms/campaigns.ts';
import { LettersRoom } from './rooms/letters.ts';
import { MailRoom } from './rooms/mail.ts';
import { MembersRoom } from './rooms/members.ts';
import { NetworkRoom } from './rooms/network.ts';
import { OutboxRoom } from './rooms/outbox.ts';
import { SiteRoom } from './rooms/site.ts';
import { TalliesRoom } from './rooms/tallies.ts';
import { TargetsRoom } from './rooms/targets.ts';
import type { StageSettings } from './stage.ts';

/** The whole of it: what is shared, the rooms in the order in which one is given to the next, and what watches them. */
export class GroundswellStack extends Stack {
  constructor(scope: Construct, id: string, { stage }: { stage: StageSettings }) {
    super(scope, id, { terminationProtection: stage.retain });
    const { issuer, audience, siteUrl, sender } = parametersOf(this);

    const edge = stage.edge ? edgeOf(this, siteUrl, stage) : undefined;
    const api = new SiteApi(this, 'SiteApi', { edge });
    const bus = eventBus(this);
    const mailSender = new MailSender(this, 'MailSender', { sender });
    const site = new SiteSettings(
      siteAddress(this, siteUrl, edge?.putBefore(api.api) ?? api.url),
      keys(this, stage),
    );
    const signIn = new CampaignerSignIn(this, 'SignIn', {
      ...{ issuer, audience, siteUrl: site.url, retain: stage.retain },
    });
    api.admit(signIn);

    const audit = new AuditRoom(this, 'Audit', { stage });
    const members = new MembersRoom(this, 'Members', { stage, api, audit, site });
    signIn.tell(members.invitationPage);
    const network = new NetworkRoom(this, 'Network', { stage, api, audit, members });
    members.nameBy(network);
    const targets = new TargetsRoom(this, 'Targets', { stage, api, audit, members });
    const campaigns = new CampaignsRoom(this, 'Campaigns', {
      stage,
      api,
      audit,
      members,
      network,
      targets,
    });
    const tallies = new TalliesRoom(this, 'Tallies', { stage, api, audit, bus, campaigns, members });
    const actions = new ActionsRoom(this, 'Actions', {
      stage,
      api,
      site,
      audit,
      campaigns,
      members,
      tallies,
    });
    const mail = new MailRoom(this, 'Mail', {
      stage,
      bus,
      sender: mailSender,
      campaigns,
      actions,
      members,
      network,
    });
    const letters = new LettersRoom(this, 'Letters', {
      stage,
      api,
      audit,
      bus,
      sender: mailSender,
      siteUrl: site.url,
      campaigns,
      members,
      tallies,
      targets,
    });
    campaigns.runWith({ actions, tallies, letters });
    audit.showTo({ api, campaigns, members });
    const recounts = tallies.recountFrom(actions, letters);
    const outbox = new OutboxRoom(this, 'Outbox', {
      bus,
      actions: actions.table,
      tallies: tallies.table,
      letters: letters.table,
      members: members.table,
    });
    new SiteRoom(this, 'Site', { stage, api, site, signIn, actions, campaigns, letters, tallies });

    const failures = {
      Actions: actions.deadLetters,
      Outbox: outbox.failures,
      Relay: outbox.deadLetters,
      Mail: mail.deadLetters,
      Tallies: tallies.deadLetters,
      Letters: letters.deadLetters,
    };
    const alarms = new Alarms(this, 'Alarms', { failures, api: api.api, recounts });
    new CfnOutput(this, 'SiteUrl', { value: site.url });
    new CfnOutput(this, 'FirstAdminCommand', { value: firstAdminCommand(members, this.region) });
    new CfnOutput(this, 'NetworkTable', { value: network.table.tableName });
    new CfnOutput(this, 'CampaignsTable', { value: campaigns.table.tableName });
    new CfnOutput(this, 'MembersTable', { value: members.table.tableName });
    new CfnOutput(this, 'AuditTable', { value: audit.table.tableName });
    new CfnOutput(this, 'TargetsTable', { value: targets.table.tableName });
    new CfnOutput(this, 'LettersTable', { value: letters.table.tableName });
    new CfnOutput(this, 'AlarmTopic', { value: alarms.topic.topicArn });
  }
}

/** To copy into a shell, with an address of one's own. */
function firstAdminCommand({ makeFirstAdmin }: MembersRoom, region: string): string {
  return [
    `aws lambda invoke --region ${region} --function-name ${makeFirstAdmin.functionName}`,
    `--cli-binary-format raw-in-base64-out --payload '{"email":"you@example.org"}' /dev/stdout`,
  ].join(' ');
}

/** What differs between one deployment and another, the local one included. */
function parametersOf(stack: Stack) {
  const parameter = parametersIn(stack);
  return {
    issuer: parameter(
      'Issuer',
      "Address of the OIDC issuer of campaigners' ID tokens; empty: a user pool of Cognito is made for them",
      { allowedPattern: '^(https?://.+)?$', default: '' },
    ),
    audience: parameter('Audience', 'Audience (client id) of the tokens of that issuer', {
      default: 'groundswell',
    }),
    siteUrl: parameter(
      'SiteAddress',
      'Public address of the site without a slash at the end; empty: that of the CDN, or of the API',
      { default: '' },
    ),
    sender: parameter('Sender', 'Address that mail is sent from, on a domain of your own', {
      allowedPattern: '^[^@\\s]+@[^@\\s]+$',
    }),
  };
}

/** The CDN, and the parameters that it alone needs. */
function edgeOf(stack: Stack, siteAddress: string, { retain }: StageSettings): Edge {
  const parameter = parametersIn(stack);
  const key = parameter('EdgeKey', 'Random characters by which the API knows the CDN', {
    allowedPattern: '^[A-Za-z0-9_-]{32,128}$',
    noEcho: true,
  });
  const otherKey = parameter('OtherEdgeKey', 'Another key that is good while EdgeKey is changed', {
    allowedPattern: '^([A-Za-z0-9_-]{32,128})?$',
    default: '',
    noEcho: true,
  });
  const certificateArn = parameter(
    'CertificateArn',
    'Certificate (us-east-1) for the name in SiteAddress; empty: the site has no name of its own',
    { allowedPattern: '^(arn:[^:]+:acm:us-east-1:.+)?$', default: '' },
  );
  return new Edge(stack, 'Edge', {
    key,
    otherKey,
    domain: { siteAddress, certificateArn },
    retain,
    paths: edgePaths,
  });
}

function parametersIn(stack: Stack) {
  return (id: string, description: string, props: Omit<CfnParameterProps, 'description'>) =>
    new CfnParameter(stack, id, { description, ...props }).valueAsString;
}

function eventBus(stack: Stack): IEventBus {
  const bus = new EventBus(stack, 'Bus', {});
  bus.archive('Archive', { eventPattern: { account: [stack.account] }, retention: Duration.days(30) });
  return bus;
}

/** One secret for the keys: losing it would lose every mailed link, and let addresses sign twice. */
function keys(stack: Stack, { retain }: StageSettings): Secret {
  const secret = new Secret(stack, 'Keys', {
    description: 'Seed of the de-duplication key and of the keys that sign mailed links',
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ kid: 'k1' }),
      generateStringKey: 'seed',
      excludePunctuation: true,
      passwordLength: 64,
    },
    removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  acknowledge(secret, {
    'AwsSolutions-SMG4':
      'A new seed would let every address sign again; link keys are rotated by hand (docs/operating.md).',
  });
  return secret;
}

/** The site's public address: the one given, else its own. */
function siteAddress(stack: Stack, given: string, own: string): string {
  const isGiven = new CfnCondition(stack, 'SiteAddressGiven', {
    expression: Fn.conditionNot(Fn.conditionEquals(given, '')),
  });
  return Fn.conditionIf(isGiven.logicalId, given, own).toString();
}

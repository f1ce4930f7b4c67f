import { CfnCondition, CfnOutput, CfnParameter, Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from './constructs/acknowledge.ts';
import { Alarms } from './constructs/alarms.ts';
import { MailSender } from './constructs/mail-sender.ts';
import { SiteApi } from './constructs/site-api.ts';
import { SiteSettings } from './constructs/site-settings.ts';
import { ActionsRoom } from './rooms/actions.ts';
import { CampaignsRoom } from './rooms/campaigns.ts';
import { LettersRoom } from './rooms/letters.ts';
import { MailRoom } from './rooms/mail.ts';
import { MembersRoom } from './rooms/members.ts';
import { OutboxRoom } from './rooms/outbox.ts';
import { SiteRoom } from './rooms/site.ts';
import { TalliesRoom } from './rooms/tallies.ts';
import type { StageSettings } from './stage.ts';

/** The whole of it: what is shared, the rooms in the order in which one is given to the next, and what watches them. */
export class GroundswellStack extends Stack {
  constructor(scope: Construct, id: string, { stage }: { stage: StageSettings }) {
    super(scope, id, { terminationProtection: stage.retain });
    const { issuer, audience, siteUrl, sender } = parametersOf(this);

    const api = new SiteApi(this, 'SiteApi', { issuer, audience });
    const bus = eventBus(this);
    const mailSender = new MailSender(this, 'MailSender', { sender });
    const site = new SiteSettings(siteAddress(this, siteUrl, api), keys(this, stage));

    const campaigns = new CampaignsRoom(this, 'Campaigns', { stage, api });
    const members = new MembersRoom(this, 'Members', { stage });
    const tallies = new TalliesRoom(this, 'Tallies', { stage, api, bus, campaigns });
    const actions = new ActionsRoom(this, 'Actions', { stage, api, site, campaigns, tallies });
    const mail = new MailRoom(this, 'Mail', { stage, bus, sender: mailSender, campaigns, actions });
    const letters = new LettersRoom(this, 'Letters', {
      stage,
      api,
      bus,
      sender: mailSender,
      siteUrl: site.url,
      campaigns,
      members,
    });
    const outbox = new OutboxRoom(this, 'Outbox', {
      bus,
      actions: actions.table,
      tallies: tallies.table,
      letters: letters.table,
    });
    new SiteRoom(this, 'Site', { api, campaigns, tallies });

    const failures = {
      Actions: actions.deadLetters,
      Outbox: outbox.failures,
      Relay: outbox.deadLetters,
      Mail: mail.deadLetters,
      Tallies: tallies.deadLetters,
      Letters: letters.deadLetters,
    };
    const alarms = new Alarms(this, 'Alarms', { failures, api: api.api });
    new CfnOutput(this, 'SiteUrl', { value: site.url });
    new CfnOutput(this, 'CampaignsTable', { value: campaigns.table.tableName });
    new CfnOutput(this, 'MembersTable', { value: members.table.tableName });
    new CfnOutput(this, 'AlarmTopic', { value: alarms.topic.topicArn });
  }
}

/** What differs between one deployment and another, the local one included. */
function parametersOf(stack: Stack) {
  const parameter = (id: string, description: string, props: { default?: string; allowedPattern?: string }) =>
    new CfnParameter(stack, id, { description, ...props });
  return {
    issuer: parameter('Issuer', "Address of the OIDC issuer of campaigners' ID tokens", {
      allowedPattern: '^https?://.+',
    }).valueAsString,
    audience: parameter('Audience', 'Audience (client id) of these ID tokens', { default: 'groundswell' })
      .valueAsString,
    siteUrl: parameter(
      'SiteAddress',
      'Public address of the site without a slash at the end; empty: that of the API',
      { default: '' },
    ),
    sender: parameter('Sender', 'Address that mail is sent from, on a domain of your own', {
      allowedPattern: '^[^@\\s]+@[^@\\s]+$',
    }).valueAsString,
  };
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

/** The site's public address: the one given, else that of the API. */
function siteAddress(stack: Stack, given: CfnParameter, api: SiteApi): string {
  const isGiven = new CfnCondition(stack, 'SiteAddressGiven', {
    expression: Fn.conditionNot(Fn.conditionEquals(given.valueAsString, '')),
  });
  return Fn.conditionIf(isGiven.logicalId, given.valueAsString, api.url).toString();
}

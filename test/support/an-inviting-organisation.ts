import { aDatabase, type Database, pointSdkTo } from './a-database.ts';
import { aMember, createMembers, putMembers } from './a-member.ts';
import { type AwsService, anAwsService, type ServiceCall } from './an-aws-service.ts';

const secret = { SecretString: JSON.stringify({ seed: 's'.repeat(64), kid: 'k1' }) };

/** Answers as the keys' secret and as SES, which takes every mail. */
export function takeMails({ operation }: ServiceCall) {
  return { body: operation.endsWith('/outbound-emails') ? { MessageId: 'ses-1' } : secret };
}

/**
 * Tables and services for invitations to `demo-network` ("Minds in Common"), which has an owner, an organiser and a viewer.
 * Import what is tested after this.
 */
export async function anInvitingOrganisation(): Promise<{ database: Database; service: AwsService }> {
  const [database, service] = await Promise.all([aDatabase(), anAwsService()]);
  service.answerBy(takeMails);
  await createMembers(database);
  await database.createTable('Audit', ['thing', 'entry']);
  await database.createTable('Network', ['pk', 'sk']);
  await database.createTable('Mail', ['address']);
  const organisation = { slug: 'demo-network', name: 'Minds in Common' };
  await database.put('Network', { pk: 'organisation', sk: organisation.slug, ...organisation });
  await putMembers(database, [
    aMember('owner', 'owner'),
    aMember('organiser', 'organiser'),
    aMember('viewer', 'viewer'),
  ]);
  pointSdkTo(service.url, {
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    MEMBERS_TABLE: 'Members',
    ACTIONS_TABLE: 'Actions',
    AUDIT_TABLE: 'Audit',
    CAMPAIGNS_TABLE: 'Campaigns',
    NETWORK_TABLE: 'Network',
    MAIL_TABLE: 'Mail',
    KEYS_SECRET: 'keys',
    SITE_URL: 'https://groundswell.example.org',
    ISSUER: 'https://issuer.example.org/pool',
    AUDIENCE: 'groundswell',
    SIGN_IN_ADDRESS: 'https://sign-in.example.org',
    SENDER: 'campaigns@groundswell.example.org',
    CONFIGURATION_SET: 'Mailing',
  });
  return { database, service };
}

import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { httpHandler } from '../../shared/http/http-handler.ts';
import { aCampaign } from './a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from './a-database.ts';

/** Claims of the ID token of somebody with this name, as API Gateway hands them on. */
export function claimsOf(name: string): Record<string, string> {
  return { sub: `subject-of-${name}`, email: `${name}@example.org`, email_verified: 'true' };
}

interface Call {
  slug: string;
  claims: Record<string, string>;
  query?: Record<string, string>;
  /** Sent as JSON by POST; without it the call is a GET. */
  body?: unknown;
}

/** Asks a campaigners' function as API Gateway does once the token is verified. */
export async function callAs(
  handler: ReturnType<typeof httpHandler>,
  { slug, claims, query = {}, body }: Call,
) {
  const event = {
    version: '2.0',
    rawPath: `/v1/campaigns/${slug}`,
    pathParameters: { slug },
    queryStringParameters: query,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: {
      http: { method: body === undefined ? 'GET' : 'POST' },
      authorizer: { jwt: { claims, scopes: null } },
    },
  } as unknown as APIGatewayProxyEventV2;
  const answer = await handler(event, {} as Context);
  return { status: answer.statusCode, headers: answer.headers, body: JSON.parse(answer.body ?? '{}') };
}

/** Names and roles: of `demo-network`, which has the campaign `root`, unless another organisation is named. */
const members = {
  viewer: ['viewer'],
  reviewer: ['reviewer'],
  organiser: ['organiser'],
  owner: ['owner'],
  secretariat: ['secretariat', 'secretariat'],
  'chapter-organiser': ['organiser', 'chapter-org'],
  outsider: ['owner', 'other-org'],
} as const;

/**
 * Tables for what campaigners do, with the campaign `root`, its chapters `chapter` and `sister`, a campaign `other`, and
 * members by whose names `claimsOf` knows them. Import what is tested after this.
 */
export async function aDatabaseWithCampaigners(): Promise<Database> {
  const database = await aDatabase();
  await database.createTable('Actions', ['pk', 'sk']);
  await database.createTable('Campaigns', ['pk', 'sk']);
  await database.createTable('Members', ['email', 'organisation']);
  const campaigns = [
    aCampaign({ slug: 'root' }),
    aCampaign({ slug: 'chapter', partOf: 'root', owner: 'chapter-org' }),
    aCampaign({ slug: 'sister', partOf: 'root', owner: 'sister-org' }),
    aCampaign({ slug: 'other', owner: 'other-org' }),
  ];
  for (const campaign of campaigns)
    await database.put('Campaigns', { pk: 'campaign', sk: campaign.slug, ...campaign });
  for (const [name, [role, organisation = 'demo-network']] of Object.entries(members))
    await database.put('Members', { email: `${name}@example.org`, organisation, role });
  pointSdkTo(database.url, {
    ACTIONS_TABLE: 'Actions',
    CAMPAIGNS_TABLE: 'Campaigns',
    MEMBERS_TABLE: 'Members',
  });
  return database;
}

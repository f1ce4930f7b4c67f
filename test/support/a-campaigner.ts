import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { HttpAnswer } from '../../shared/http/http-handler.ts';
import { aCampaign } from './a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from './a-database.ts';
import { aMember, createMembers, putMembers } from './a-member.ts';

/** Claims of the ID token of somebody with this name, as API Gateway hands them on. */
export function claimsOf(name: string): Record<string, string> {
  return { sub: `subject-of-${name}`, email: `${name}@example.org`, email_verified: 'true' };
}

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<HttpAnswer>;

interface Call {
  slug: string;
  claims: Record<string, string>;
  query?: Record<string, string>;
  /** Sent as JSON by POST; without it the call is a GET. */
  body?: unknown;
}

/** Asks a campaigners' function of a campaign as API Gateway does once the token is verified. */
export function callAs(handler: Handler, { slug, claims, query = {}, body }: Call) {
  const method = body === undefined ? 'GET' : 'POST';
  const rawPath = `/v1/campaigns/${slug}`;
  return askAs(handler, { method, rawPath, path: { slug }, claims, query, body });
}

interface Asked {
  method: string;
  /** As infra/rooms writes it, for a function of several: `/v1/organisations/{organisation}/members`. */
  route?: string;
  rawPath?: string;
  /** What stands in the braces of the route. */
  path?: Record<string, string>;
  claims: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: unknown;
}

/** The same of any function of campaigners. */
export async function askAs(
  handler: Handler,
  { method, route, rawPath = '/v1', path = {}, claims, query = {}, headers = {}, body }: Asked,
) {
  const event = {
    version: '2.0',
    routeKey: `${method} ${route ?? rawPath}`,
    rawPath,
    pathParameters: path,
    queryStringParameters: query,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    body: JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: { http: { method }, authorizer: { jwt: { claims, scopes: null } } },
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
  partner: ['organiser', 'partner-org'],
  outsider: ['owner', 'other-org'],
} as const;

/**
 * Tables for what campaigners do, with the campaign `root`, its chapters `chapter` and `sister`, a campaign `other`, and
 * members by whose names `claimsOf` knows them. Import what is tested after this.
 */
export async function aDatabaseWithCampaigners(): Promise<Database> {
  const database = await aDatabase();
  await database.createTable('Actions', ['pk', 'sk']);
  for (const name of ['Campaigns', 'Network']) await database.createTable(name, ['pk', 'sk']);
  await database.createTable('Audit', ['thing', 'entry']);
  await createMembers(database);
  const campaigns = [
    aCampaign({ slug: 'root', partners: ['partner-org'] }),
    aCampaign({ slug: 'chapter', partOf: 'root', owner: 'chapter-org', partners: [] }),
    aCampaign({ slug: 'sister', partOf: 'root', owner: 'sister-org', partners: [] }),
    aCampaign({ slug: 'other', owner: 'other-org', partners: [] }),
  ];
  for (const campaign of campaigns)
    await database.put('Campaigns', { pk: 'campaign', sk: campaign.slug, ...campaign });
  const named = Object.entries(members).map(([name, [role, organisation]]) =>
    aMember(name, role, organisation),
  );
  await putMembers(database, named);
  pointSdkTo(database.url, {
    ACTIONS_TABLE: 'Actions',
    CAMPAIGNS_TABLE: 'Campaigns',
    NETWORK_TABLE: 'Network',
    AUDIT_TABLE: 'Audit',
    MEMBERS_TABLE: 'Members',
    SITE_URL: 'https://groundswell.example.org',
  });
  return database;
}

/** A web process as many would write it: Fastify and PostgreSQL. COUNTING says when signatures are counted. */
import { readFileSync } from 'node:fs';
import { fastify } from 'fastify';
import pg from 'pg';
import { tellMeasures } from './measured.ts';

const { DATABASE_URL, CONNECTIONS, COUNTING } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(CONNECTIONS) });
let roundTrips = 0;

const take = takerNamed(COUNTING);
if (take === insertOnly) countEverySecond();
const { rows } = await pool.query<{ slug: string }>('SELECT slug FROM campaigns');
const campaigns = new Set(rows.map(({ slug }) => slug));
tellMeasures(await serve(), () => roundTrips);

type Take = (campaign: string, signature: Signature) => Promise<void>;

interface Signature {
  email: string;
  givenName: string;
  familyName: string;
  country: string;
  language?: string;
  postalCode?: string;
  display: string;
  consents: unknown[];
  partner?: string;
  source?: string;
}

function serve(): Promise<string> {
  const app = fastify({
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, keywords: ['example'] } },
  });
  const { SignatureRequest: body, TakenAnswer: answer } = publishedSchemas();
  const schema = { body, response: { 202: answer } };
  app.post<{ Params: { slug: string }; Body: Signature }>(
    '/v1/campaigns/:slug/signatures',
    { schema },
    async ({ params, body: signature }, reply) => {
      if (!campaigns.has(params.slug)) return reply.callNotFound();
      await take(params.slug, signature);
      return reply.code(202).send({ status: 'check-your-email' });
    },
  );
  return app.listen({ host: '127.0.0.1', port: 0 });
}

/** Of Groundswell's own API: all contenders refuse by the same fields. (Groundswell looks at more than a schema can say.) */
function publishedSchemas() {
  const file = new URL('../../docs/openapi.json', import.meta.url);
  const { SignatureRequest, TakenAnswer, Country } = JSON.parse(readFileSync(file, 'utf8')).components
    .schemas;
  const properties = { ...SignatureRequest.properties, country: Country };
  return { SignatureRequest: { ...SignatureRequest, properties }, TakenAnswer };
}

function takerNamed(counting: string | undefined): Take {
  const takers: Record<string, Take> = { 'in the transaction': insertAndCount, 'by a job': insertOnly };
  const found = takers[counting ?? ''];
  if (!found) throw new Error(`COUNTING is one of: ${Object.keys(takers).join(', ')}`);
  return found;
}

async function insertOnly(campaign: string, signature: Signature): Promise<void> {
  await run(pool, toInsert(campaign, signature));
}

/** The counter row is locked last, from its update to the commit. */
async function insertAndCount(campaign: string, signature: Signature): Promise<void> {
  const client = await pool.connect();
  try {
    await run(client, 'BEGIN');
    const { rowCount } = await run(client, toInsert(campaign, signature));
    if (rowCount) await run(client, { name: 'count', text: countOne, values: [campaign] });
    await run(client, 'COMMIT');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

function run(client: pg.Pool | pg.PoolClient, query: string | pg.QueryConfig): Promise<pg.QueryResult> {
  roundTrips += 1;
  return client.query(query);
}

/** Prepared once per connection, as it has a name. */
function toInsert(campaign: string, signature: Signature): pg.QueryConfig {
  const { email, givenName, familyName, country, language, postalCode, display, consents, partner, source } =
    signature;
  const person = [email, givenName, familyName, country, language, postalCode];
  const values = [campaign, ...person, display, JSON.stringify(consents), partner, source];
  return { name: 'insert', text: insert, values };
}

const insert = `INSERT INTO signatures (campaign, email, given_name, family_name, country, language, postal_code,
  display, consents, partner, source) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`;
const countOne = 'UPDATE campaigns SET count = count + 1 WHERE slug = $1';

/** What is new since it last looked, up to a second ago: transactions that began before that have ended. */
const countNew = `UPDATE campaigns SET count = count + new.signatures, counted_until = new.until FROM (
  SELECT campaign, count(*) AS signatures, max(created_at) AS until FROM signatures JOIN campaigns ON campaign = slug
  WHERE created_at > counted_until AND created_at <= now() - interval '1 second' GROUP BY campaign
) AS new WHERE slug = new.campaign`;

/** As alphagov/e-petitions does since a counter row brought it down: app/jobs/update_signature_counts_job.rb. */
function countEverySecond(): void {
  setInterval(() => void run(pool, { name: 'count', text: countNew }), 1_000);
}

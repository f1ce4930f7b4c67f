import { setTimeout } from 'node:timers/promises';
import { startChild } from './child.ts';
import { type Contender, campaign, type Stored, toRunning } from './contender.ts';
import { type Postgres, query } from './postgres.ts';

interface FastifyOptions {
  counting: 'in the transaction' | 'by a job';
  /** Connections to the database at most. */
  connections: number;
}

/** What one would write otherwise: see fastify-server.ts. */
export function fastify(
  name: string,
  postgres: Postgres,
  { counting, connections }: FastifyOptions,
): Contender {
  return {
    name,
    start: async () => {
      const database = await postgres.createDatabase(schema);
      const environment = { DATABASE_URL: database, CONNECTIONS: String(connections), COUNTING: counting };
      const web = await startChild(new URL('./fastify-server.ts', import.meta.url), environment);
      return toRunning(web, () => readStored(database, counting));
    },
  };
}

/** No foreign key: by it each signature would lock its campaign's row. The job's index costs a signature next to nothing. */
const schema = `
  CREATE TABLE campaigns (slug text PRIMARY KEY, count bigint NOT NULL DEFAULT 0,
    counted_until timestamptz NOT NULL DEFAULT '-infinity');
  CREATE TABLE signatures (campaign text NOT NULL, email text NOT NULL, given_name text NOT NULL,
    family_name text NOT NULL, country text NOT NULL, language text, postal_code text, display text NOT NULL,
    consents jsonb NOT NULL, partner text, source text, created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (campaign, email));
  CREATE INDEX ON signatures USING brin (created_at);
  INSERT INTO campaigns (slug) VALUES ('${campaign}');`;

async function readStored(database: string, counting: FastifyOptions['counting']): Promise<Stored> {
  await untilAlone(database);
  const [{ signatures, count, left, writes } = {}] = await query(database, counts);
  // What came last, the job has still to count: by its own rule.
  const uncounted = counting === 'by a job' ? Number(left) : 0;
  return {
    signatures: Number(signatures),
    counter: { count: Number(count) + uncounted, writes: Number(writes) },
  };
}

/** A server process tells what it wrote when its client is gone. */
async function untilAlone(database: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const [{ others } = {}] = await query(database, clients);
    if (Number(others) === 0) return;
    await setTimeout(20);
  }
  throw new Error('A client of PostgreSQL does not end.');
}

const clients = `SELECT count(*) AS others FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`;
const counts = `SELECT count, (SELECT count(*) FROM signatures) AS signatures,
  (SELECT count(*) FROM signatures WHERE created_at > counted_until) AS left,
  (SELECT n_tup_upd FROM pg_stat_user_tables WHERE relname = 'campaigns') AS writes FROM campaigns`;

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip } from 'node:zlib';
import { marshall } from '@aws-sdk/util-dynamodb';
import { partitionKey } from '../../functions/actions/action.ts';
import { dynoxideBinary } from '../../infra/local/engines/engines.ts';
import type { Template } from '../../infra/local/template/template.ts';
import { teller } from '../section.ts';
import type { Moulds } from './mould.ts';
import { addAction, type Counters, type PlannedAction, planActions } from './plan.ts';
import { createCast } from './row.ts';

export interface Seeding {
  /** Where the engine keeps its data, and files on their way into it. */
  folder: string;
  template: Template;
  campaign: string;
  rows: number;
  moulds: Moulds;
  now: number;
}

/**
 * Fills the tables of actions and tallies by the engine's own import, in the form that DynamoDB exports: item by item
 * would take an hour. One hour is made wrong, another left out, and so is the tally. Answers the bytes of an average action.
 */
export async function seedCampaign(seeding: Seeding): Promise<number> {
  const { folder, template } = seeding;
  const source = join(folder, 'export');
  const hours = new Map<string, Counters>();
  const [actions, tallies] = ['Actions', 'Tallies'].map((room) => tableOf(template, room)) as [
    string,
    string,
  ];
  const bytes = await write(join(source, template.nameOf(actions)), toLines(seeding, hours));
  await write(join(source, template.nameOf(tallies)), toTallyLines(seeding.campaign, hours));
  const schema = join(folder, 'schema.json');
  writeFileSync(schema, JSON.stringify([actions, tallies].map((id) => toSchema(template, id))));
  const output = join(folder, 'dynamodb.db');
  await promisify(execFile)(dynoxideBinary(), [
    'import',
    `--source=${source}`,
    `--schema=${schema}`,
    `--output=${output}`,
  ]);
  return bytes / seeding.rows;
}

/** Logical id of a room's table. */
export function tableOf(template: Template, room: string): string {
  const ids = template.ofType('AWS::DynamoDB::Table').map(([id]) => id);
  return ids.find((id) => id.startsWith(`${room}Table`)) ?? '';
}

function* toLines({ campaign, rows, moulds, now }: Seeding, hours: Map<string, Counters>): Generator<string> {
  const casts = Object.fromEntries(Object.entries(moulds).map(([name, mould]) => [name, createCast(mould)]));
  const tell = teller('actions seeded', rows);
  let number = 0;
  for (const action of planActions(rows, now)) {
    if (!action.isLost) addAction(hours, action);
    yield `{"Item":${casts[action.mould]?.(toValues(campaign, action, number))}}\n`;
    number += 1;
    tell(number);
  }
}

function toValues(
  campaign: string,
  { mould, country, confirmedAt, withdrawnAt }: PlannedAction,
  number: number,
) {
  const hash = createHash('sha256').update(String(number)).digest();
  return {
    pk: partitionKey(campaign, mould === 'pledge' ? 'pledge' : 'signature', hash[0] ?? 0),
    sk: hash.toString('base64url'),
    country,
    askedAt: String(confirmedAt - 60_000),
    confirmedAt: String(confirmedAt),
    withdrawnAt: String(withdrawnAt),
  };
}

function* toTallyLines(campaign: string, hours: Map<string, Counters>): Generator<string> {
  const tally: Counters = new Map();
  for (const counters of hours.values())
    for (const [name, value] of counters) tally.set(name, (tally.get(name) ?? 0) + value);
  tally.set('a#EUR', (tally.get('a#EUR') ?? 0) + 5);
  const facts = { version: 1, asOf: Date.now(), rate: 0, pollAfter: 5, goals: [] };
  yield toLine({ pk: campaign, sk: 'tally', ...facts, ...Object.fromEntries(tally) });
  const [wrong, , ...others] = hours;
  if (wrong) yield toLine({ ...toHour(campaign, wrong), s: (wrong[1].get('s') ?? 0) + 1 });
  for (const hour of others) yield toLine(toHour(campaign, hour));
}

function toHour(campaign: string, [hour, counters]: [string, Counters]) {
  return { pk: `${campaign}#hours`, sk: `hour#${hour}`, ...Object.fromEntries(counters) };
}

function toLine(item: object): string {
  return `${JSON.stringify({ Item: marshall(item) })}\n`;
}

/** Answers the bytes of all lines. */
async function write(folder: string, lines: Iterable<string>): Promise<number> {
  mkdirSync(join(folder, 'data'), { recursive: true });
  let bytes = 0;
  const counted = function* () {
    for (const line of lines) {
      bytes += line.length;
      yield line;
    }
  };
  const file = createWriteStream(join(folder, 'data', 'all.json.gz'));
  await pipeline(Readable.from(counted(), { highWaterMark: 1_000 }), createGzip({ level: 1 }), file);
  return bytes;
}

function toSchema(template: Template, id: string) {
  const { KeySchema, AttributeDefinitions } = template.resources.get(id)?.properties ?? {};
  return { Table: { TableName: template.nameOf(id), KeySchema, AttributeDefinitions } };
}

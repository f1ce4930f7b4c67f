import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PublicCampaign } from '../../functions/campaigns/campaign.ts';
import { aCampaign, aCampaignText, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aMoment } from '../support/a-moment.ts';

let database: Database;
let read: typeof import('../../functions/campaigns/read.ts');

const moment = 'world-mental-health-day';
const notes = [
  { at: '2026-10-12T09:00:00Z', texts: { en: 'First', fr: 'Premier' } },
  { at: '2026-11-02T09:00:00Z', texts: { en: 'Second' } },
];
const titled = (title: string) => ({ en: aCampaignText({ title }) });
const campaigns = [
  aCampaign({ slug: 'root', moment, topics: ['funding'], notes, timeZone: 'Africa/Nairobi' }),
  aCampaign({ slug: 'kenya', partOf: 'root', texts: titled('Zawadi') }),
  aCampaign({ slug: 'uganda', partOf: 'root', texts: titled('Amani'), moment: 'world-health-day' }),
  aCampaign({ slug: 'paused', partOf: 'root', status: 'paused' }),
  aCampaign({ slug: 'to-come', partOf: 'root', opensAt: '2027-01-01T00:00:00Z' }),
  aCampaign({ slug: 'alone' }),
  aCampaign({ slug: 'archived', status: 'archived' }),
  aCampaign({ slug: 'of-archived', partOf: 'archived', moment: 'no-such-moment' }),
];

beforeAll(async () => {
  database = await aDatabase();
  for (const name of ['Campaigns', 'Network']) await database.createTable(name, ['pk', 'sk']);
  await database.createTable('Targets', ['pk', 'sk']);
  for (const campaign of campaigns)
    await database.put('Campaigns', { pk: 'campaign', sk: campaign.slug, ...campaign });
  const others = aMoment({ slug: 'world-health-day', names: { en: 'World Health Day' }, on: '04-07' });
  for (const each of [aMoment(), others])
    await database.put('Network', { pk: 'moment', sk: each.slug, ...each });
  pointSdkTo(database.url, { CAMPAIGNS_TABLE: 'Campaigns' });
  read = await import('../../functions/campaigns/read.ts');
});
afterAll(() => database.stop());

/** What is shown around the ask. */
async function contextOf(slug: string, language = 'fr') {
  const campaign = await read.readPublicCampaign(slug, [language], noon);
  expect(PublicCampaign.parse(campaign)).toEqual(campaign);
  const { notes, moment, topics, timeZone, partOf } = campaign;
  return JSON.parse(JSON.stringify({ notes, moment, topics, timeZone, partOf }));
}

describe('around the ask of a campaign', () => {
  test('stand its notes, moment, topics and time zone, in the language or else its default', async () => {
    expect(await contextOf('root')).toEqual({
      notes: [
        { at: '2026-10-12T09:00:00Z', text: 'Premier' },
        { at: '2026-11-02T09:00:00Z', text: 'Second' },
      ],
      moment: { slug: moment, name: 'Journée mondiale de la santé mentale', on: '10-10' },
      topics: ['funding'],
      timeZone: 'Africa/Nairobi',
    });
  });

  test('stands its root when it is a chapter, whose moment is its own unless it has another', async () => {
    expect(await contextOf('kenya')).toMatchObject({
      partOf: { slug: 'root', title: 'Mental health for all' },
      moment: { slug: moment },
    });
    expect(await contextOf('uganda')).toMatchObject({ moment: { name: 'World Health Day', on: '04-07' } });
  });

  test('stands nothing where there is nothing, and no root or moment that nobody can see', async () => {
    expect(await contextOf('alone')).toEqual({});
    expect(await contextOf('of-archived')).toEqual({});
  });

  test('is nothing of what the widget is sent but the zone that it tells days in', async () => {
    const { timeZone, ...ask } = await read.readPublicAsk('root', ['fr'], noon);
    expect(timeZone).toBe('Africa/Nairobi');
    expect(Object.keys(ask)).toEqual(Object.keys(await read.readPublicAsk('alone', ['fr'], noon)));
  });
});

test('a root leads to its chapters that can be acted on, by their titles', async () => {
  expect(await read.readChapters('root', ['fr'], noon)).toEqual([
    { slug: 'uganda', title: 'Amani', language: 'en' },
    { slug: 'kenya', title: 'Zawadi', language: 'en' },
  ]);
  expect(await read.readChapters('kenya', ['fr'], noon)).toEqual([]);
});

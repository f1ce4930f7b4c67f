import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { SignatureRequest } from '../../functions/actions/action-request.ts';
import { takeAction } from '../../functions/actions/take-action.ts';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import type { CampaignSettings } from '../../functions/campaigns/campaign-settings.ts';
import { aCampaign, aCampaignText, aConsent, day, hour, minute, noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners } from '../support/a-campaigner.ts';
import { anActionId } from '../support/a-confirmed-action.ts';
import { type Database, pointSdkTo } from '../support/a-database.ts';
import { aGetAt } from '../support/a-get.ts';
import { type Handler, manage } from '../support/a-management-call.ts';
import { aSignature } from '../support/a-person.ts';
import { aStoredPledge, someDetails } from '../support/an-action.ts';
import { type AwsService, anAwsService } from '../support/an-aws-service.ts';

vi.mock('node:timers/promises', { spy: true });

const second = 1_000;
const iso = (at: number) => new Date(at).toISOString();
const other = { texts: { en: aCampaignText({ title: 'Something else' }) } };

let database: Database;
let secrets: AwsService;
let get: Handler;
let put: Handler;
let step: Handler;
let confirm: Handler;
let show: Parameters<typeof aGetAt>[0];
let store: typeof import('../../functions/actions/action-store.ts');
let links: typeof import('../../functions/actions/read.ts');
let campaigns: typeof import('../../functions/campaigns/campaign-store.ts');

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(noon);
  vi.spyOn(console, 'info').mockReturnValue();
  [database, secrets] = await Promise.all([aDatabaseWithCampaigners(), anAwsService()]);
  await database.createTable('Tallies', ['pk', 'sk']);
  secrets.answerBy(() => ({ body: { SecretString: JSON.stringify({ seed: 's'.repeat(64), kid: 'k1' }) } }));
  pointSdkTo(secrets.url, {
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    TALLIES_TABLE: 'Tallies',
    KEYS_SECRET: 'keys',
    SITE_URL: 'https://example.org',
  });
  ({ handler: get } = await import('../../functions/campaigns/get-settings.http.ts'));
  ({ handler: put } = await import('../../functions/campaigns/put-settings.http.ts'));
  ({ handler: step } = await import('../../functions/campaigns/run-campaign.http.ts'));
  ({ handler: confirm } = await import('../../functions/actions/confirm-action.http.ts'));
  ({ handler: show } = await import('../../functions/actions/show-confirm.http.ts'));
  store = await import('../../functions/actions/action-store.ts');
  links = await import('../../functions/actions/read.ts');
  campaigns = await import('../../functions/campaigns/campaign-store.ts');
});
/** What happens while the ask is held: nothing that takes time. */
let meanwhile: () => Promise<unknown>;
let start = noon;
beforeEach(() => {
  // What functions remember of the last test is too old then.
  start += 30 * day;
  vi.setSystemTime(start);
  meanwhile = async () => undefined;
  vi.mocked(sleep).mockImplementation(async () => {
    await meanwhile();
    return undefined as never;
  });
});
afterAll(async () => {
  vi.useRealTimers();
  secrets.stop();
  await database.stop();
});

const keep = (slug: string, changes: Partial<Campaign> = {}) =>
  database.put('Campaigns', { pk: 'campaign', sk: slug, ...aCampaign({ slug, ...changes }) });
const keepPaused = (slug: string, changes: Partial<Campaign> = {}) =>
  keep(slug, { status: 'paused', pausedAt: iso(start - hour), ...changes });
const stored = async (slug: string) => (await campaigns.getStoredCampaign(slug)) as Campaign;

/** The answer to settings of a campaign with these changes. */
async function change(slug: string, changes: Partial<CampaignSettings> = other) {
  const route = '/v1/campaigns/{slug}/settings';
  const { body } = await manage(get, { route: `GET ${route}`, path: { slug } });
  return manage(put, { route: `PUT ${route}`, path: { slug }, body: { ...body.settings, ...changes } });
}
const take = (slug: string, name: string) =>
  manage(step, { route: `POST /v1/campaigns/{slug}/${name}`, path: { slug }, body: {} });

/** Somebody has asked, an hour before the pause. */
async function ask(slug: string, details = {}) {
  const id = anActionId(slug, 'pledge' in details ? 'pledge' : 'signature');
  await store.askAction(id, someDetails({ campaign: slug, ...details }), Date.now() - 2 * hour);
  const asked = await store.getAction(id);
  if (!asked) throw new Error('Nothing was asked');
  const token = new URL(await links.confirmLinkOf(id, asked)).searchParams.get('token') ?? '';
  return { id, token, version: asked.askedVersion };
}
const press = (token: string) => manage(confirm, { route: 'POST /v1/confirmations', body: { token } });

describe('what a published campaign asks', () => {
  test('stays while people may be signing: it changes a minute after the campaign was paused', async () => {
    await keep('live');
    const answer = await change('live');
    expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringMatching(/pause it first/) } });
    expect(answer.body.errors).toMatchObject([
      { pointer: '/texts/en', code: 'not-paused' },
      { pointer: '/texts/fr', code: 'not-paused' },
    ]);
    expect((await take('live', 'pause')).status).toBe(200);
    vi.setSystemTime(start + minute - 1);
    expect((await change('live')).status).toBe(409);
    vi.setSystemTime(start + minute);
    expect(await change('live')).toMatchObject({ status: 200, body: { askSince: iso(start + minute) } });
    expect((await take('live', 'resume')).status).toBe(200);
    expect(await stored('live')).not.toHaveProperty('pausedAt');
    expect((await change('live', { texts: { en: aCampaignText() } })).status).toBe(409);
  });

  test('is signed by nobody who still sees the old one, whatever page they have kept open', async () => {
    const theirs = { ...aConsent({ id: 'theirs', required: false }), partner: 'other-org' };
    const gone = aConsent({ id: 'gone', required: false, retired: iso(start - day) });
    const before = aConsent();
    await keepPaused('kept-open', { partners: ['other-org'], consents: [before, theirs, gone] });
    await change('kept-open');
    await take('kept-open', 'resume');
    const campaign = await stored('kept-open');
    expect(campaign.consents.map(({ versions }) => versions.length)).toEqual([2, 2, 1]);
    expect(campaign.consents[0]?.versions[1]).toEqual({
      version: 2,
      since: campaign.askSince,
      texts: before.versions[0]?.texts,
    });
    const sign = (version: number) => {
      const consents = [{ id: 'privacy', version, granted: true }];
      const request = SignatureRequest.parse(aSignature({ consents }));
      return takeAction(campaign, 'signature', request, Date.now());
    };
    expect(sign(2)).toMatchObject({ campaign: 'kept-open' });
    expect(() => sign(1)).toThrow(expect.objectContaining({ code: 'invalid-fields' }));
  });

  test('takes further languages, and opens to endorsements or closes to them, without a pause', async () => {
    await keep('growing', { kinds: ['signature', 'endorsement'] });
    const texts = { en: aCampaignText(), fr: aCampaignText({ title: 'La santé mentale pour tous' }) };
    const consents = [{ id: 'privacy', required: true, texts: { en: 'Count me.', de: 'Zählt mich.' } }];
    const more = { texts: { ...texts, de: aCampaignText() }, kinds: ['signature' as const], consents };
    expect((await change('growing', more)).status).toBe(200);
    expect(sleep).not.toHaveBeenCalled();
  });

  test.each([
    ['opens in over a minute: nobody can have signed it', 200, minute + 1],
    ['opens within a minute', 409, minute],
  ])('and %s, is answered %i', async (name, status, opensIn) => {
    const slug = `opens-${opensIn}`;
    await keep(slug, { opensAt: iso(start + opensIn) });
    expect([name, (await change(slug)).status]).toEqual([name, status]);
    const later = { opensAt: iso(start + day).slice(0, 16) };
    expect([name, (await change(slug, later)).status]).toEqual([name, status]);
  });

  test('stays when the campaign is closed', async () => {
    await keepPaused('closed', { closesAt: iso(start - minute) });
    expect(await change('closed')).toMatchObject({ status: 409, body: { errors: [{ code: 'closed' }, {}] } });
  });
});

describe('in a pause', () => {
  test('what was asked before is no longer confirmed, and its link says so, and where to read', async () => {
    await keepPaused('reworded');
    const { token } = await ask('reworded');
    expect((await change('reworded')).status).toBe(200);
    vi.setSystemTime(start + second);
    expect(await press(token)).toMatchObject({
      status: 410,
      body: { type: 'urn:groundswell:problem:ask-changed' },
    });
    const page = await aGetAt(show, '/confirm', { query: { token } });
    expect(page.status).toBe(410);
    expect(page.body).toContain('The text has changed');
    expect(page.body).toContain('href="/c/reworded?lang=en"');
    expect(page.body).not.toContain('<button');
  });

  test('a function confirms by nothing that it has read more than a second ago', async () => {
    await keepPaused('remembered');
    const [first, next, last] = [await ask('remembered'), await ask('remembered'), await ask('remembered')];
    expect((await press(first.token)).status).toBe(200);
    await keepPaused('remembered', { askSince: iso(start) });
    vi.setSystemTime(start + second - 1);
    expect((await press(next.token)).status).toBe(200);
    vi.setSystemTime(start + second);
    expect((await press(last.token)).status).toBe(410);
  });

  test.each([
    ['was confirmed and not counted yet', {}],
    ['waits to be verified', { pledge: aStoredPledge({ toVerify: true }) }],
  ])(
    'what somebody signed stays, also when it %s, and can be confirmed further on',
    async (name, details) => {
      const slug = `signed-${name.length}`;
      await keepPaused(slug);
      const [signed, asked] = [await ask(slug, details), await ask(slug)];
      expect((await press(signed.token)).status).toBe(200);
      const answer = await change(slug);
      expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringMatching(/have signed/) } });
      // It is refused before anything is held.
      expect(await stored(slug)).toMatchObject({ texts: aCampaign().texts, version: 0 });
      expect(await logOf(slug)).toEqual([]);
      vi.setSystemTime(start + second);
      expect((await press(asked.token)).status).toBe(200);
    },
  );
});

describe('while an ask is being changed', () => {
  test('a confirmation that was decided before, and written a moment later, is counted for what it was of', async () => {
    const before = iso(start - day);
    await keepPaused('raced', { askSince: before });
    const { id, version } = await ask('raced');
    meanwhile = () => store.confirmAction(id, version, Date.now());
    expect(await change('raced')).toMatchObject({ status: 409, body: { errors: [{ code: 'signed' }, {}] } });
    expect((await store.getAction(id))?.state).toBe('confirmed');
    expect(await stored('raced')).toMatchObject({ texts: aCampaign().texts, askSince: before });
    expect(await stored('raced')).not.toHaveProperty('heldSince');
    expect(await logOf('raced')).toEqual([['heldSince'], ['heldSince']]);
  });

  test('one that comes then is refused', async () => {
    await keepPaused('held');
    const { token } = await ask('held');
    let refused: number | undefined;
    meanwhile = async () => {
      vi.setSystemTime(start + second);
      refused = (await press(token)).status;
    };
    expect((await change('held')).status).toBe(200);
    expect(refused).toBe(410);
    expect(await logOf('held')).toEqual([['heldSince'], ['askSince', 'consents', 'heldSince', 'texts']]);
  });

  test('two changes at once that are refused leave nothing held', async () => {
    await keepPaused('twice');
    const { id, version } = await ask('twice');
    const firstIsAnswered = Promise.withResolvers<void>();
    let later: ReturnType<typeof change> | undefined;
    meanwhile = () =>
      new Promise<void>((bothHold) => {
        meanwhile = async () => {
          await store.confirmAction(id, version, Date.now());
          bothHold();
          await firstIsAnswered.promise;
        };
        vi.setSystemTime(start + second / 2);
        later = change('twice');
      });
    const first = await change('twice');
    firstIsAnswered.resolve();
    expect([first.status, (await later)?.status]).toEqual([409, 409]);
    const { askSince, heldSince } = await stored('twice');
    expect([askSince, heldSince]).toEqual([undefined, undefined]);
  });

  test('what died while it held the ask holds it for 10 s at most, until the next change', async () => {
    for (const slug of ['died', 'healed', 'went-on'])
      await keepPaused(slug, { heldSince: iso(start - 10 * second + 1) });
    const { token } = await ask('died');
    expect((await press(token)).status).toBe(410);
    vi.setSystemTime(start + second);
    expect((await press(token)).status).toBe(200);
    expect((await change('healed', { topics: ['work'] })).status).toBe(200);
    expect((await take('went-on', 'resume')).status).toBe(200);
    for (const slug of ['healed', 'went-on']) expect(await stored(slug)).not.toHaveProperty('heldSince');
  });

  test('who resumes the campaign wins: nothing is changed, and what was asked is confirmed again', async () => {
    await keepPaused('resumed');
    meanwhile = () => take('resumed', 'resume');
    expect((await change('resumed')).status).toBe(412);
    const { texts, status, askSince, heldSince } = await stored('resumed');
    expect([texts, status, askSince, heldSince]).toEqual([aCampaign().texts, 'live', undefined, undefined]);
  });
});

/** What each entry of the log of a campaign has changed, oldest first. */
async function logOf(slug: string): Promise<string[][]> {
  const { Items } = (await database.call('Query', {
    TableName: 'Audit',
    KeyConditionExpression: 'thing = :thing',
    ExpressionAttributeValues: { ':thing': { S: `campaign:${slug}` } },
  })) as unknown as { Items: Array<{ changes: { M: object } }> };
  return Items.map(({ changes }) => Object.keys(changes.M).sort());
}

import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Action, fromKey } from '../../functions/actions/action.ts';
import { countEvents } from '../../functions/actions/count-history.ts';
import type { httpHandler } from '../../shared/http/http-handler.ts';
import { aCampaign, hour, minute, noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners, callAs, claimsOf } from '../support/a-campaigner.ts';
import { aConfirmedAction } from '../support/a-confirmed-action.ts';
import type { Database } from '../support/a-database.ts';
import { aGet } from '../support/a-get.ts';
import { anEndorsement, aPledge, aSignature } from '../support/a-person.ts';
import { aStoredPledge } from '../support/an-action.ts';
import { type AwsService, anAwsService } from '../support/an-aws-service.ts';

const slug = 'endorsed';
const endorser = { name: 'Open Minds', url: 'https://openminds.example.org/', toVerify: true };

let database: Database;
let secrets: AwsService;
let store: typeof import('../../functions/actions/action-store.ts');
let handlers: Record<Way, ReturnType<typeof httpHandler>>;
let list: typeof import('../../functions/actions/list-actions.http.ts');
let verify: typeof import('../../functions/actions/verify-actions.ts');
let organisations: typeof import('../../functions/actions/list-organisations.ts');

type Way = 'signatures' | 'pledges' | 'endorsements' | 'form';

beforeAll(async () => {
  vi.spyOn(console, 'info').mockReturnValue();
  vi.setSystemTime(noon);
  [database, secrets] = await Promise.all([aDatabaseWithCampaigners(), anAwsService()]);
  secrets.answerBy(() => ({ body: { SecretString: JSON.stringify({ seed: 's'.repeat(64), kid: 'k1' }) } }));
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', secrets.url);
  vi.stubEnv('TALLIES_TABLE', 'Tallies');
  vi.stubEnv('KEYS_SECRET', 'keys');
  await database.createTable('Tallies', ['pk', 'sk']);
  const kinds = ['signature', 'pledge', 'endorsement'] as const;
  for (const campaign of [
    aCampaign({ slug, kinds: [...kinds] }),
    aCampaign({ slug: `${slug}-chapter`, partOf: slug, kinds: [...kinds] }),
    aCampaign({ slug: 'people-only' }),
  ])
    await database.put('Campaigns', { pk: 'campaign', sk: campaign.slug, ...campaign });
  store = await import('../../functions/actions/action-store.ts');
  list = await import('../../functions/actions/list-actions.http.ts');
  verify = await import('../../functions/actions/verify-actions.ts');
  organisations = await import('../../functions/actions/list-organisations.ts');
  const [signatures, pledges, endorsements, form] = await Promise.all([
    import('../../functions/actions/take-signature.http.ts'),
    import('../../functions/actions/take-pledge.http.ts'),
    import('../../functions/actions/take-endorsement.http.ts'),
    import('../../functions/actions/submit-form.http.ts'),
  ]);
  handlers = {
    signatures: signatures.handler,
    pledges: pledges.handler,
    endorsements: endorsements.handler,
    form: form.handler,
  };
});
beforeEach(async () => {
  vi.setSystemTime(noon);
  for (const { pk, sk } of await rows())
    await database.call('DeleteItem', { TableName: 'Actions', Key: { pk: { S: pk }, sk: { S: sk } } });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  secrets.stop();
  await database.stop();
});

describe('an organisation that signs', () => {
  test('is kept with its name and web page, to be verified, and its spokesperson is shown nowhere', async () => {
    expect((await send('endorsements', anEndorsement())).statusCode).toBe(202);
    const [{ asked } = {}] = await stored();
    expect(asked).toMatchObject({
      display: 'anonymous',
      endorser: { ...endorser, url: 'https://openminds.example.org/about' },
      counts: null,
    });
  });

  test('is taken from a form, where an address may be as people write it, or none', async () => {
    const form = { ...aFilledForm(), 'organisation[url]': 'openminds.example.org/about?lang=fr' };
    const { statusCode, headers } = await send('form', form);
    expect([statusCode, headers?.['location']]).toEqual([
      303,
      `/c/${slug}/check-your-email?kind=endorsement&lang=en`,
    ]);
    await send('form', { ...aFilledForm(), email: 'other@example.org', 'organisation[url]': '' });
    const urls = (await stored()).map(({ asked }) => asked?.endorser?.url);
    expect(urls.sort()).toEqual(['https://openminds.example.org/about?lang=fr', undefined]);
  });

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.org/',
    'https://',
    'https://localhost/',
    'https://user:secret@',
    `https://example.org/${'x'.repeat(200)}`,
  ])('gives no address but one of the web: not %s', async (url) => {
    const { statusCode, body } = await send(
      'endorsements',
      anEndorsement({ organisation: { name: 'O', url } }),
    );
    expect([statusCode, JSON.parse(String(body)).errors]).toMatchObject([
      422,
      [{ pointer: '/organisation/url' }],
    ]);
  });

  test.each([
    [{ display: 'name' }, '/display'],
    [{ postalCode: '00100' }, '/postalCode'],
    [{ organisation: { url: 'https://example.org' } }, '/organisation/name'],
    [{ organisation: { name: 'See www.example.org' } }, '/organisation/name'],
    [{ consents: [] }, '/consents'],
  ])('is refused with %j, by what is wrong', async (changes, pointer) => {
    const { statusCode, body } = await send('endorsements', anEndorsement(changes));
    expect([statusCode, JSON.parse(String(body)).errors]).toMatchObject([422, [{ pointer }]]);
  });

  test('is told on the form, in the words of the page, what is wrong', async () => {
    const { 'organisation[name]': _, ...form } = aFilledForm();
    const typed = { ...form, language: 'fr', 'organisation[url]': 'javascript:__xss()' };
    const { statusCode, body } = await send('form', typed);
    expect(statusCode).toBe(422);
    expect(body).toContain('href="#endorsement-organisation-name">Indiquez le nom de l’organisation.</a>');
    expect(body).toContain('href="#endorsement-organisation-url">Indiquez l’adresse d’un site web');
    expect(body).not.toContain('href="javascript:');
  });

  test('is refused where only people may sign', async () => {
    const { statusCode, body } = await send('endorsements', anEndorsement(), 'people-only');
    expect([statusCode, JSON.parse(String(body))]).toMatchObject([
      409,
      { detail: 'This campaign takes no endorsements.' },
    ]);
  });

  test('counts beside the signature and the pledge of the same mailbox, each by itself', async () => {
    await send('signatures', aSignature());
    await send('pledges', aPledge());
    await send('endorsements', anEndorsement());
    const ids = (await stored()).map(idOf);
    for (const id of ids) await confirm(id);
    const endorsement = ids.find((id) => id.includes('~endorsement~')) ?? '';
    await ask([endorsement]);
    expect(await countedKinds()).toEqual(['endorsement', 'pledge', 'signature']);
    await store.eraseAction(endorsement, noon + 2 * hour);
    expect(await countedKinds()).toEqual(['pledge', 'signature']);
  });
});

describe('an endorsement', () => {
  test('is found by campaigners as it waits, by the organisation and nothing of who spoke for it', async () => {
    const id = await waiting();
    await aConfirmedAction(store, { campaign: slug, pledge: aStoredPledge() }, { root: slug });
    const claims = claimsOf('organiser');
    const { status, body } = await callAs(list.handler, {
      slug,
      claims,
      query: { toVerify: 'true', kind: 'endorsement' },
    });
    expect([status, body.actions]).toMatchObject([200, [{ action: id, kind: 'endorsement', endorser }]]);
    expect(JSON.stringify(body)).not.toMatch(/Amina|Otieno|amina/);
  });

  test('counts and is listed once it is verified, apart from those that pledge', async () => {
    const id = await waiting();
    expect([await events(id), await listed()]).toEqual([[], []]);
    expect(await ask([id])).toEqual(['verified']);
    expect(await ask([id])).toEqual(['verified-before']);
    expect(await events(id)).toEqual([
      ['ActionConfirmed', { campaign: slug, root: slug, kind: 'endorsement', country: 'KE' }],
    ]);
    const { toVerify: _, ...shown } = endorser;
    expect(await listed()).toEqual([{ ...shown, country: 'KE', verifiedAt: '2026-11-20T13:00:00.000Z' }]);
    expect(await listed(slug, 'pledge')).toEqual([]);
  });

  test('of a chapter is listed in its root, too', async () => {
    const id = await waiting({ campaign: `${slug}-chapter` });
    await ask([id]);
    expect([await listed(), await listed(`${slug}-chapter`)]).toMatchObject([
      [{ name: 'Open Minds' }],
      [{ name: 'Open Minds' }],
    ]);
  });

  test('waits again when its mailbox speaks for another organisation', async () => {
    const id = await waiting();
    await ask([id]);
    const other = { ...endorser, name: 'Lantern Hill' };
    await aConfirmedAction(
      store,
      { campaign: slug, endorser: other },
      { root: slug, id, at: noon + 2 * hour },
    );
    expect([await listed(), (await events(id)).map(([name]) => name)]).toEqual([
      [],
      ['ActionConfirmed', 'ActionWithdrawn'],
    ]);
    vi.setSystemTime(noon + 3 * hour);
    await ask([id]);
    expect(await listed()).toMatchObject([{ name: 'Lantern Hill' }]);
  });

  test('leaves the list as it is withdrawn', async () => {
    const id = await waiting();
    await ask([id]);
    await store.withdrawAction(id, noon + 2 * hour);
    expect(await listed()).toEqual([]);
  });
});

function waiting(details: object = {}): Promise<string> {
  return aConfirmedAction(store, { campaign: slug, endorser, ...details }, { root: slug });
}

/** An hour later than noon, unless it is later. */
async function ask(actions: string[]): Promise<string[]> {
  if (Date.now() < noon + hour) vi.setSystemTime(noon + hour);
  const { body } = await callAs(verify.handler, { slug, claims: claimsOf('organiser'), body: { actions } });
  return body.results.map(({ status }: { status: string }) => status);
}

async function events(id: string) {
  const action = await store.getAction(id);
  if (!action) throw new Error('It is not there');
  return countEvents(action).map(({ name, detail }) => [name, 'after' in detail && detail.after] as const);
}

async function listed(campaign = slug, kind = 'endorsement') {
  return (await aGet(organisations.handler, { slug: campaign, query: { kind } })).json().organisations;
}

async function confirm(id: string): Promise<void> {
  const action = await store.getAction(id);
  await store.confirmAction(id, action?.askedVersion ?? 0, noon + minute);
}

async function countedKinds(): Promise<string[]> {
  const counted = (await stored()).filter((action) =>
    ['ActionConfirmed', 'ActionChanged'].includes(countEvents(action).at(-1)?.name ?? ''),
  );
  return counted.map((action) => fromKey(action).kind).sort();
}

function idOf(action: Action): string {
  const { root, kind, hash } = fromKey(action);
  return `${root}~${kind}~${hash}`;
}

/** Nothing of the lists, whose rows are no actions. */
async function stored(): Promise<Action[]> {
  return (await rows()).filter((row) => 'state' in row).map((row) => Action.parse(row));
}

async function rows(): Promise<{ pk: string; sk: string }[]> {
  const { Items } = await database.call('Scan', { TableName: 'Actions' });
  return Items.map((item: Parameters<typeof unmarshall>[0]) => unmarshall(item));
}

/** All that the form of a campaign sends. */
function aFilledForm(): Record<string, string> {
  const { givenName, familyName, email, country } = anEndorsement();
  return {
    ...{ givenName, familyName, email, country, language: 'en' },
    ...{ 'organisation[name]': 'Open Minds', 'organisation[url]': 'https://openminds.example.org/' },
    ...{ 'consents[0][id]': 'privacy', 'consents[0][version]': '1', 'consents[0][granted]': 'true' },
  };
}

function send(way: Way, fields: object, campaign = slug) {
  const isForm = way === 'form';
  const event = {
    version: '2.0',
    rawPath: isForm ? `/c/${campaign}/endorsements` : `/v1/campaigns/${campaign}/${way}`,
    pathParameters: { slug: campaign },
    headers: { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' },
    body: isForm ? String(new URLSearchParams({ ...fields })) : JSON.stringify(fields),
    isBase64Encoded: false,
    requestContext: { http: { method: 'POST' } },
  } as unknown as APIGatewayProxyEventV2;
  return handlers[way](event, {} as Context);
}

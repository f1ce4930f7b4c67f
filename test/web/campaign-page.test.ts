import { describe, expect, test } from 'vitest';
import { fromActionForm, PledgeRequest, SignatureRequest } from '../../functions/actions/action-request.ts';
import { fromForm } from '../../shared/http/form.ts';
import type { FieldError } from '../../shared/kernel/problem.ts';
import { campaignPage } from '../../web/pages/campaign-page.ts';
import { aPublicCampaign, aPublicTally, attributesOf, fieldsOf, metaOf } from '../support/a-page.ts';

const signatures = '/c/mental-health-for-all/signatures';
const pledges = '/c/mental-health-for-all/pledges';
const person = { givenName: 'Amina', familyName: 'Otieno', email: 'amina@example.org', country: 'KE' };
const tally = aPublicTally();

describe('the form of a campaign', () => {
  test('sends a signature that the API takes', () => {
    const page = campaignPage({ campaign: aPublicCampaign(), tally });
    const typed = { ...fieldsOf(page, signatures), ...person, 'consents[0][granted]': 'true' };
    expect(SignatureRequest.parse(fromActionForm(fromForm(typed)))).toEqual({
      ...person,
      language: 'en',
      display: 'anonymous',
      consents: [
        { id: 'privacy', version: 2, granted: true },
        { id: 'news', version: 1, granted: false },
      ],
    });
  });

  test('sends a pledge that the API takes, in minor units', () => {
    const page = campaignPage({ campaign: aPublicCampaign({ language: 'fr' }), tally });
    const typed = { ...fieldsOf(page, pledges), ...person, majorAmount: '25,50', currency: 'EUR' };
    expect(PledgeRequest.parse(fromActionForm(fromForm(typed)))).toMatchObject({
      amount: 2550,
      currency: 'EUR',
      interval: 'once',
      pledger: { type: 'individual' },
      language: 'fr',
    });
  });

  test('never has a consent ticked before its reader ticks it', () => {
    const page = campaignPage({ campaign: aPublicCampaign(), tally });
    expect(page).not.toMatch(/type="checkbox"[^>]*checked/);
  });

  test('sends along who led to it, if the campaign knows them', () => {
    const values = { partner: 'other-org', source: 'unheard-of' };
    const page = campaignPage({ campaign: aPublicCampaign(), tally, values });
    expect(fieldsOf(page, signatures)).toMatchObject({ partner: 'other-org' });
    expect(fieldsOf(page, pledges)).toMatchObject({ partner: 'other-org' });
    expect(fieldsOf(page, signatures)).not.toHaveProperty('source');
  });

  test('offers every country by its name, in the order of the language, none chosen', () => {
    const page = campaignPage({ campaign: aPublicCampaign({ language: 'fr' }), tally });
    expect(page).toContain(
      '<option value="">Choisissez dans la liste</option><option value="AF">Afghanistan',
    );
    expect(page.indexOf('Égypte</option>')).toBeLessThan(page.indexOf('Zambie</option>'));
  });

  test.each([
    ['paused', 'This campaign is paused'],
    ['closed', 'This campaign is closed'],
    ['scheduled', 'It opens on 10 October 2026'],
  ] as const)('is not there while the campaign is %s, and the page says why', (status, reason) => {
    const page = campaignPage({ campaign: aPublicCampaign({ status }), tally });
    expect(page).toContain(reason);
    expect(page).not.toContain('<form');
  });
});

describe('days are told as they are in the zone of the campaign', () => {
  const closesAt = '2026-12-31T21:00:00Z';
  const timeZone = 'Africa/Nairobi';

  test.each([
    [
      'opens at its midnight',
      { status: 'scheduled', opensAt: '2026-10-09T21:00:00Z', timeZone },
      '10 October',
    ],
    ['closes at its midnight, after the last day', { closesAt, timeZone }, 'Open until 31 December 2026'],
    ['closes behind UTC', { closesAt: '2027-01-01T05:00:00Z', timeZone: 'America/New_York' }, '31 December'],
    ['closes in the course of a day', { closesAt: '2026-12-31T15:00:00Z', timeZone }, '31 December 2026'],
    ['is of UTC', { closesAt: '2027-01-01T00:00:00Z' }, 'Open until 31 December 2026'],
  ] as const)('of one that %s', (_, changes, said) => {
    expect(campaignPage({ campaign: aPublicCampaign(changes), tally })).toContain(said);
  });
});

describe('the widget', () => {
  test('has the plain forms in it, and is told what the page was asked for', () => {
    const values = { partner: 'other-org', source: 'unheard-of' };
    const page = campaignPage({ campaign: aPublicCampaign(), tally, values, kind: 'pledge' });
    const [element = '', rest = ''] =
      /<groundswell-action[^>]*>([\s\S]*)<\/groundswell-action>/.exec(page) ?? [];
    expect(attributesOf(element.slice(0, element.indexOf('>') + 1))).toEqual({
      campaign: 'mental-health-for-all',
      lang: 'en',
      kind: 'pledge signature',
      partner: 'other-org',
    });
    expect(rest).toContain(`action="${signatures}"`);
    expect(rest).toContain(`action="${pledges}"`);
    expect(page).toMatch(/<script type="module" src="\/assets\/widget\.[0-9a-f]+\.js">/);
  });

  test.each([
    ['what was posted is refused', { problem: 'Please try again.' }],
    ['the campaign is paused', { campaign: aPublicCampaign({ status: 'paused' }) }],
  ])('is not there when %s', (_, changes) => {
    const page = campaignPage({ campaign: aPublicCampaign(), tally, ...changes });
    expect(page).not.toMatch(/groundswell-action|\/assets\/widget\./);
  });
});

describe('what a page says of itself to those who show a link to it', () => {
  const page = campaignPage({
    campaign: aPublicCampaign({ language: 'ar' }),
    tally,
    site: 'https://groundswell.example.org',
    values: { partner: 'other-org', source: 'share' },
  });
  const own = 'https://groundswell.example.org/c/mental-health-for-all?lang=ar';

  test('is title, ask, language and a whole address that names nobody', () => {
    expect(metaOf(page, 'og:title')).toBe('Mental health for all');
    expect(metaOf(page, 'og:description')).toMatch(/^Governments should lead/);
    expect(metaOf(page, 'og:url')).toBe(own);
    expect(metaOf(page, 'og:type')).toBe('website');
    expect(metaOf(page, 'og:locale')).toBe('ar_EG');
    expect(page.match(/property="og:locale:alternate"/g)).toHaveLength(3);
    expect(page).toContain(`<link rel="canonical" href="${own}">`);
    expect(page).toContain(
      '<link rel="alternate" hreflang="fr" href="https://groundswell.example.org/c/mental-health-for-all?lang=fr">',
    );
  });

  test('is a picture by its whole address, its size and what is on it', () => {
    expect(metaOf(page, 'og:image')).toMatch(
      /^https:\/\/groundswell\.example\.org\/assets\/card\.[0-9a-f]+\.png$/,
    );
    expect([metaOf(page, 'og:image:width'), metaOf(page, 'og:image:height')]).toEqual(['1200', '630']);
    expect(metaOf(page, 'og:image:alt')).toBe('Groundswell');
    expect(metaOf(page, 'twitter:card')).toBe('summary_large_image');
  });

  test('is where its card is', () => {
    const [, card = ''] = /type="application\/json\+oembed" href="([^"]+)"/.exec(page) ?? [];
    const { origin, pathname, searchParams } = new URL(card.replaceAll('&amp;', '&'));
    expect(`${origin}${pathname}`).toBe('https://groundswell.example.org/oembed');
    expect(Object.fromEntries(searchParams)).toEqual({ url: own, format: 'json' });
  });

  test('is nothing of the kind when a form was refused', () => {
    const refused = campaignPage({ campaign: aPublicCampaign(), tally, problem: 'Please try again.' });
    expect(refused).toContain('<meta name="robots" content="noindex">');
    expect(refused).not.toMatch(/canonical|og:url|oembed/);
  });
});

describe('what was wrong', () => {
  const errors: FieldError[] = [
    { pointer: '/consents/0/granted', code: 'consent-required', message: 'Grant it.' },
    { pointer: '/email', code: 'invalid-format', message: 'Give an address.' },
    { pointer: '/amount', code: 'too-small', message: 'Above zero.' },
    { pointer: '/pledger/name', code: 'required', message: 'Give the name.' },
    { pointer: '/surprise', code: 'unknown-field', message: 'This field is not known; leave it out.' },
  ];
  const values = { ...person, email: 'amina@', pledger: { type: 'organisation' }, majorAmount: '0' };
  const page = campaignPage({ campaign: aPublicCampaign(), tally, kind: 'pledge', values, errors });

  test('is listed on top, in the order of the form, each linked to its input', () => {
    const [, summary = ''] = /role="alert" tabindex="-1"([\s\S]*?)<\/div>/.exec(page) ?? [];
    const links = [...summary.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links).toEqual([
      'pledge-majorAmount',
      'pledge-pledger-name',
      'pledge-email',
      'pledge-consents-0-granted',
    ]);
    for (const id of links) expect(page).toMatch(new RegExp(`<input[^>]* id="${id}"`));
    expect(summary).toContain('This field is not known');
  });

  test('is said at the input, which is marked and described by it', () => {
    const [input = ''] = /<input[^>]*id="pledge-email"[^>]*>/.exec(page) ?? [];
    const { 'aria-invalid': invalid, 'aria-describedby': described = '' } = attributesOf(input);
    expect(invalid).toBe('true');
    for (const id of described.split(' ')) expect(page).toContain(`id="${id}"`);
    expect(page).toMatch(/id="pledge-email-error">.*Enter an e-mail address in full/);
  });

  test('leaves what was typed, and the other form alone', () => {
    expect(fieldsOf(page, pledges)).toMatchObject({ email: 'amina@', majorAmount: '0', givenName: 'Amina' });
    expect(fieldsOf(page, signatures)).toMatchObject({ email: '' });
    expect(page).not.toContain('id="signature-email-error"');
  });

  test('is told in the language of the page', () => {
    const french = campaignPage({ campaign: aPublicCampaign({ language: 'fr' }), tally, errors });
    expect(french).toContain('Indiquez une adresse électronique complète');
  });
});

describe('the count on the page', () => {
  test('shows totals, the next goal and pledges by currency, never summed', () => {
    const page = campaignPage({ campaign: aPublicCampaign(), tally });
    expect(page).toContain('data-count="signatures.total">1,234<');
    expect(page).toContain('<progress max="10000" value="1234"');
    expect(page).toContain('€50.00');
    expect(page).toContain('¥3,000');
    expect(page).not.toContain('8,000');
  });

  test('has places for what is not counted yet, hidden', () => {
    const none = aPublicTally({
      asOf: null,
      signatures: { total: 0, byCountry: {}, byPartner: {}, bySource: {} },
      pledges: { total: 0, byCurrency: {}, byCountry: {} },
      goals: { next: 10, reached: [] },
    });
    const page = campaignPage({ campaign: aPublicCampaign(), tally: none });
    expect(page).toMatch(/data-tally-countries="signatures"[^>]* hidden>/);
    expect(page).toMatch(/data-tally-money[^>]* hidden>/);
    expect(page).toContain('Nobody is counted yet');
    expect(page).toContain('Offices addressed');
  });
});

test('ids on a page are not given twice, and what refers to an id finds it', () => {
  const page = campaignPage({ campaign: aPublicCampaign(), tally });
  const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  expect(ids).toEqual([...new Set(ids)]);
  for (const [, list = ''] of page.matchAll(/\s(?:for|aria-labelledby|aria-describedby)="([^"]+)"/g)) {
    for (const id of list.split(' ')) expect(ids).toContain(id);
  }
});

import { describe, expect, test } from 'vitest';
import { EndorsementRequest, fromActionForm } from '../../functions/actions/action-request.ts';
import { fromForm } from '../../shared/http/form.ts';
import { languages } from '../../shared/kernel/language.ts';
import { campaignPage } from '../../web/pages/campaign-page.ts';
import { confirmPage } from '../../web/pages/confirm-page.ts';
import { confirmedPage } from '../../web/pages/confirmed-page.ts';
import { countPage } from '../../web/pages/count-page.ts';
import { managePage } from '../../web/pages/manage-page.ts';
import {
  aCountByDay,
  aCountFlow,
  aPublicCampaign,
  aPublicTally,
  attributesOf,
  fieldsOf,
} from '../support/a-page.ts';
import { xssCorpus } from '../support/an-xss-corpus.ts';

const endorsed = aPublicCampaign({ kinds: ['signature', 'pledge', 'endorsement'] });
const tally = aPublicTally({ endorsements: { total: 7, byCountry: { KE: 7 } } });
const address = '/c/mental-health-for-all/endorsements';
const form = `action="${address}"`;

describe('the form for organisations', () => {
  test('sends what the API takes', () => {
    const page = campaignPage({ campaign: endorsed, tally, kind: 'endorsement' });
    const person = { givenName: 'Amina', familyName: 'Otieno', email: 'amina@example.org', country: 'KE' };
    const organisation = { 'organisation[name]': 'Open Minds', 'organisation[url]': 'openminds.example.org' };
    const typed = { ...fieldsOf(page, address), ...person, ...organisation, 'consents[0][granted]': 'true' };
    expect(EndorsementRequest.parse(fromActionForm(fromForm(typed)))).toMatchObject({
      ...person,
      organisation: { name: 'Open Minds', url: 'https://openminds.example.org' },
    });
  });

  test('stands beside the widget, which has those of people', () => {
    const page = campaignPage({ campaign: endorsed, tally });
    const [before = '', widget = ''] = page.split(/(?=<groundswell-action)/);
    const [inside = '', after = ''] = widget.split('</groundswell-action>');
    expect([before, inside, after].map((part) => part.includes(form))).toEqual([false, false, true]);
    expect(attributesOf(/<groundswell-action[^>]*>/.exec(page)?.[0] ?? '')['kind']).toBe('signature pledge');
    expect(page).toMatch(/<a class="button second" href="\/c\/[^"]*kind=endorsement#endorsement">/);
  });

  test('is open and comes first where it is what somebody came for', () => {
    const page = campaignPage({ campaign: endorsed, tally, kind: 'endorsement' });
    expect(page.indexOf(form)).toBeLessThan(page.indexOf('<groundswell-action'));
    expect(page).toMatch(/<section class="card" id="endorsement"><h2>Support this as an organisation<\/h2>/);
  });

  test('is not there where only people may sign', () => {
    const page = campaignPage({ campaign: aPublicCampaign(), tally: aPublicTally() });
    expect(page).not.toMatch(/endorsement/);
  });
});

describe('organisations that support the ask', () => {
  test('are counted beside people, never with them', () => {
    const page = campaignPage({ campaign: endorsed, tally });
    expect(page).toContain('<dd data-count="endorsements.total">7</dd>');
    expect(page).toContain('<dd data-count="signatures.total">1,234</dd>');
  });

  test('are no figure while there are none', () => {
    const page = campaignPage({ campaign: endorsed, tally: aPublicTally() });
    expect(page).not.toContain('data-count="endorsements.total"');
  });

  test('are named with country and web page, in a section of their own', () => {
    const section = sectionOf([{ name: 'Open Minds', country: 'KE', url: 'https://openminds.example.org/' }]);
    expect(section).toContain(
      '<a href="https://openminds.example.org/" rel="noopener nofollow ugc"><bdi>Open Minds</bdi></a>',
    );
    expect(section).toContain('Kenya');
    expect(sectionOf([{ name: 'Open Minds', country: 'KE' }])).not.toContain('<a ');
  });

  test.each(xssCorpus)('are named by text, whatever they say: %s', (text) => {
    const url = `https://example.org/${encodeURI(text)}`;
    const section = sectionOf([
      { name: text, country: 'KE', url },
      { name: text, country: 'KE' },
    ]);
    const tags = section.match(/<[^>]*>/g) ?? [];
    expect(
      tags.map((tag) => /^<\/?([a-z0-9]+)/.exec(tag)?.[1]).filter((tag) => !known.has(tag ?? '')),
    ).toEqual([]);
    expect(tags.filter((tag) => /\son\w+=|javascript:/i.test(tag.replaceAll(/"[^"]*"/g, '""')))).toEqual([]);
  });
});

describe.each(languages)('in %s, an endorsement', (language) => {
  const campaign = { ...endorsed, language, title: 'Title' };

  test('is told of on every page in whole words', () => {
    const endorser = { name: 'Open Minds', url: 'https://openminds.example.org/', toVerify: true };
    const facts = { language, campaign, kind: 'endorsement' as const, token: 't' };
    const day = { day: '2026-11-20', signatures: aCountFlow(), pledges: aCountFlow() };
    const endorsements = aCountFlow({ confirmed: 7 });
    const pages = [
      campaignPage({
        campaign,
        tally,
        endorsers: { organisations: [{ ...endorser, country: 'KE' }], total: 1 },
      }),
      confirmPage({ ...facts, endorser }),
      confirmedPage({
        ...facts,
        partner: undefined,
        country: 'KE',
        tally,
        stories: undefined,
        shareUrl: 'https://x.org',
        manageUrl: '/m',
        awaitsVerification: true,
      } as never),
      managePage({ ...facts, action: { state: 'confirmed', endorser } }),
      managePage({
        ...facts,
        action: { state: 'confirmed', endorser: { ...endorser, toVerify: false, verifiedAt: 1e12 } },
      }),
      countPage({ campaign, count: aCountByDay({ days: [{ ...day, endorsements }] }) }),
    ];
    for (const page of pages)
      expect(page.replaceAll(/data-text="[^"]*"/g, '')).not.toMatch(/\{[a-z]|undefined|NaN/);
    for (const at of [0, 1, 3, 4]) expect(pages[at]).toContain('<bdi>Open Minds</bdi>');
  });
});

const known = new Set(['p', 'ul', 'li', 'strong', 'a', 'bdi', 'span', 'section', 'h2']);

function sectionOf(organisations: { name: string; country: string; url?: string }[]): string {
  const page = campaignPage({
    campaign: endorsed,
    tally,
    endorsers: { organisations, total: organisations.length },
  });
  return /<h2 id="endorsers">([\s\S]*?)<\/section>/.exec(page)?.[1] ?? '';
}

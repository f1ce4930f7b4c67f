import { describe, expect, test } from 'vitest';
import { type ConfirmedPage, confirmedPage } from '../../web/pages/confirmed-page.ts';
import { aPublicTally } from '../support/a-page.ts';

const sources = ['share-app', 'share-link', 'share-email', 'share-whatsapp'];

describe('sharing, once confirmed', () => {
  test('has a source for each way, and keeps the partner that the supporter came by', () => {
    expect(linksOf(aConfirmedPage({ partner: 'other-org' }))).toEqual(
      ['app', 'whatsapp', 'email', 'link'].map(
        (way) =>
          `https://groundswell.example.org/c/mental-health-for-all?lang=en&source=share-${way}&partner=other-org`,
      ),
    );
  });

  test('names no source that the campaign does not count by', () => {
    const campaign = { ...aCampaign(), sources: ['share-link'] };
    expect(
      linksOf(aConfirmedPage({ campaign })).map((link) => new URL(link).searchParams.get('source')),
    ).toEqual([null, null, null, 'share-link']);
  });

  test('works without scripts: what only a script can do is not shown before it is there', () => {
    const buttons = aConfirmedPage().match(/<button[^>]*>/g) ?? [];
    expect(buttons).toHaveLength(2);
    for (const button of buttons) expect(button).toMatch(/ hidden>$/);
  });

  test('never gives away the link by which the supporter manages what they gave', () => {
    const page = aConfirmedPage({ manageUrl: '/manage?token=secret' });
    for (const link of linksOf(page)) expect(link).not.toContain('token');
  });
});

describe('care, once confirmed', () => {
  test('invites to tell one’s own story where the campaign collects stories', () => {
    const page = aConfirmedPage({
      stories: { url: 'https://stories.example.org/', owner: 'Minds in Common' },
    });
    expect(page).toContain('Minds in Common collects such stories');
    expect(page).toContain(
      '<a class="button second" href="https://stories.example.org/" target="_blank" rel="noopener noreferrer">',
    );
  });

  test('invites nobody where it collects none, and says where to find help all the same', () => {
    const page = aConfirmedPage({ stories: undefined, country: undefined });
    expect(page).not.toContain('Your own story');
    expect(page).toContain('<a href="https://findahelpline.com/" rel="noopener noreferrer">');
    expect(page).toContain('call the emergency number of your country');
  });

  test('leads to help in the country that the supporter gave', () => {
    const page = aConfirmedPage({ country: 'KE' });
    expect(page).toMatch(
      /href="https:\/\/findahelpline\.com\/countries\/ke"[^>]*>Where to find help in Kenya</,
    );
  });
});

describe('the count, once confirmed', () => {
  test('is not said to be of nobody to whom has just been counted', () => {
    const tally = aPublicTally({ asOf: null });
    expect(aConfirmedPage({ tally })).not.toContain('You can be the first');
  });

  test('waits for the campaign to verify a pledge, be it of an organisation or of much money', () => {
    const page = aConfirmedPage({ kind: 'pledge', awaitsVerification: true });
    expect(page).toContain('It appears in the count once the campaign has verified it.');
    expect(page).not.toMatch(/organisation|within a few seconds/);
  });
});

function aConfirmedPage(changes: Partial<ConfirmedPage> = {}): string {
  return confirmedPage({
    language: 'en',
    campaign: aCampaign(),
    kind: 'signature',
    tally: aPublicTally(),
    shareUrl: 'https://groundswell.example.org/c/mental-health-for-all',
    manageUrl: '/manage?token=x',
    ...changes,
  });
}

function aCampaign(): ConfirmedPage['campaign'] {
  return { slug: 'mental-health-for-all', title: 'Mental health for all', kinds: ['signature'], sources };
}

/** Links to the campaign, in the order of the page. */
function linksOf(page: string): string[] {
  const [, share = ''] = /data-share>([\s\S]*?)<\/section>/.exec(page) ?? [];
  const values = [...share.matchAll(/(?:data-url|href|value)="([^"]+)"/g)].map(([, value = '']) => value);
  return values.map((value) => {
    const [, text] = /(?:[?&;](?:text|body)=)(.*)/.exec(value) ?? [];
    return text ? (decodeURIComponent(text).split('\n').at(-1) ?? '') : value.replaceAll('&amp;', '&');
  });
}

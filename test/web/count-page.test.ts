import { describe, expect, test } from 'vitest';
import { countPage } from '../../web/pages/count-page.ts';
import { countRule } from '../../web/pages/count-rule.ts';
import { aCountByDay, aCountFlow, aPublicCampaign } from '../support/a-page.ts';

describe('the page on how a campaign is counted', () => {
  test('has a row for each day, with what went and why, and ends at the tally', () => {
    const page = countPage({ campaign: aPublicCampaign(), count: aCountByDay() });
    expect(rowsOf(page, 'signatures')).toEqual([
      ['Day (UTC)', 'Confirmed', 'Taken back', 'Counted'],
      ['19 Nov 2026', '1,300', '0', '1,300'],
      ['20 Nov 2026', '4', '70', '1,234'],
      ['Withdrawn: 6', 'Invalidated (by a program): 60', 'Invalidated (a test): 4'],
      ['All days', '1,304', '70', '1,234'],
      ['Withdrawn: 6', 'Invalidated (by a program): 60', 'Invalidated (a test): 4'],
      ['The tally says', '1,234'],
    ]);
  });

  test('leaves out a day on which nothing of its kind happened', () => {
    const page = countPage({ campaign: aPublicCampaign(), count: aCountByDay() });
    expect(rowsOf(page, 'pledges').map(([first]) => first)).toEqual([
      'Day (UTC)',
      '19 Nov 2026',
      'All days',
      'The tally says',
    ]);
  });

  test('says the whole rule, and where the numbers are for whoever wants to add them up', () => {
    const page = countPage({ campaign: aPublicCampaign({ language: 'fr' }), count: aCountByDay() });
    for (const part of countRule('fr')) expect(page).toContain(part);
    expect(page).toContain('par un programme, même personne une seconde fois,');
    expect(page).toContain('href="/v1/campaigns/mental-health-for-all/count?format=csv"');
    expect(page).toContain('href="/v1/campaigns/mental-health-for-all/count?format=json&amp;lang=fr"');
    expect(page).toContain('href="/c/mental-health-for-all?lang=fr"');
  });

  test.each([
    ['equal', 'The days add up to the tally'],
    ['counting', 'Something is being counted right now'],
    ['different', 'The days do not add up to the tally'],
  ] as const)('says so when the days are %s to the tally', (check, title) => {
    const titles = ['The days add up', 'Something is being', 'The days do not add up'];
    const page = countPage({ campaign: aPublicCampaign(), count: aCountByDay({ check }) });
    expect(page).toContain(`<h2>${title}</h2>`);
    expect(titles.filter((each) => page.includes(each))).toHaveLength(1);
  });

  test.each([
    [
      'done',
      'Last recounted on 20 November 2026 at 03:07 UTC, action by action. Differences found and repaired: 2.',
    ],
    ['running', 'A recount, action by action, is under way.'],
    ['requested', 'A recount, action by action, is under way.'],
    ['failed', 'The last recount, on 20 November 2026 at 03:07 UTC, did not finish.'],
  ] as const)('tells of a recount that is %s', (state, said) => {
    const recount = { state, at: '2026-11-20T03:07:10Z', differences: 2 };
    expect(countPage({ campaign: aPublicCampaign(), count: aCountByDay({ recount }) })).toContain(said);
  });

  test('says nothing of a recount before the first', () => {
    const page = countPage({ campaign: aPublicCampaign(), count: aCountByDay({ recount: null }) });
    expect(page).not.toMatch(/recount/i);
  });

  test('has no table before anything is counted', () => {
    const sum = { signatures: aCountFlow(), pledges: aCountFlow(), endorsements: aCountFlow() };
    const tally = { signatures: 0, pledges: 0, endorsements: 0 };
    const none = aCountByDay({ asOf: null, days: [], sum, tally });
    const page = countPage({ campaign: aPublicCampaign(), count: none });
    expect(page).toContain('Nothing has been counted yet.');
    expect(page).not.toContain('<table');
  });

  test('shows pledges where the campaign takes them, or once took them', () => {
    const noPledges = aPublicCampaign({ kinds: ['signature'] });
    const days = aCountByDay().days.map((day) => ({ ...day, pledges: aCountFlow() }));
    expect(countPage({ campaign: noPledges, count: aCountByDay() })).toContain('Pledges, day by day');
    expect(countPage({ campaign: noPledges, count: aCountByDay({ days }) })).not.toContain(
      'Pledges, day by day',
    );
  });

  test('has ids that are given once, and tables that can be scrolled by the keyboard', () => {
    const page = countPage({ campaign: aPublicCampaign({ language: 'ar' }), count: aCountByDay() });
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual([...new Set(ids)]);
    for (const [, id] of page.matchAll(/aria-labelledby="([^"]+)"/g)) expect(ids).toContain(id);
    expect(
      page.match(/<div class="scroll" role="region" aria-labelledby="[a-z]+" tabindex="0">/g),
    ).toHaveLength(2);
  });
});

/** Texts of the cells, or of the list in one, of the table of a kind. */
function rowsOf(page: string, kind: string): string[][] {
  const [, table = ''] = page.split(`<h2 id="${kind}">`);
  const [rows = ''] = table.split('</table>');
  return [...rows.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<(?:th|td|li)[^>]*>([^<]+)</g)].map(([, text = '']) => text),
  );
}

import { describe, expect, test } from 'vitest';
import { findLetterPage } from '../../web/pages/find-letter-page.ts';
import { letterProofPage } from '../../web/pages/letter-proof-page.ts';
import { aLetterProof } from '../support/a-letter-proof.ts';
import { structureOf } from '../support/a-page.ts';

describe('the page of a letter', () => {
  test('has what the letter claims and what is counted now side by side', () => {
    expect(rowsOf(letterProofPage(aLetterProof()))).toEqual([
      ['Counted', 'In the letter', 'Now'],
      ['Signatures, world-wide', '1,012', '1,234'],
      ['Signatures: Kenya', '7', '5'],
      ['Countries and territories', '41', '43'],
      ['Pledged: Euro', '€25.00', '1 pledge', '€0.00', '0 pledges'],
      ['Pledged: Kenyan Shilling', 'KES 0.00', '0 pledges', 'KES 900.00', '2 pledges'],
    ]);
  });

  test('begins with what somebody who holds the paper compares', () => {
    const page = letterProofPage(aLetterProof());
    const order = [
      'written by us',
      'MHFA-2026-7K3QX2AB</strong>',
      '20 November 2026',
      'Ministry of Health',
      '1,012',
    ];
    const places = order.map((words) => page.indexOf(words, page.indexOf('<h1>')));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  test.each([
    ['sending', 'It is on its way.'],
    ['sent', 'It was sent on 21 November 2026.'],
    ['delivered', 'It was delivered on 21 November 2026.'],
    ['bounced', 'It could not be delivered.'],
    ['unknown', 'It is not known whether it arrived.'],
    ['not-by-email', 'It is handed over in another way than by e-mail.'],
  ] as const)('says in plain words what became of one that is %s', (state, words) => {
    expect(letterProofPage(aLetterProof({ state }))).toContain(words);
  });

  test('says why the letter was written, for the world and for a country', () => {
    expect(letterProofPage(aLetterProof())).toContain('The world-wide count of signatures reached 1,000.');
    const here = aLetterProof({ occasion: { scope: 'KE', threshold: 50 } });
    expect(letterProofPage(here)).toContain('The count of signatures reached 50 (Kenya).');
  });

  test('leaves out the row of a country where the letter went to several', () => {
    const proof = aLetterProof({ office: { name: 'African Union', country: '002' } });
    const counts = { signaturesHere: null };
    const page = letterProofPage({
      ...proof,
      claimed: { ...proof.claimed, ...counts },
      now: { ...proof.now, ...counts },
    });
    expect(rowsOf(page).map(([name]) => name)).not.toContain('Signatures: Africa');
    expect(page).toContain('<bdi>Africa</bdi>');
  });

  test('has the fingerprint, the commands that compute it, and a chooser only for browsers that can', () => {
    const page = letterProofPage(aLetterProof());
    expect(page).toContain(`<code dir="ltr">${'0f'.repeat(32)}</code>`);
    expect(page).toContain('148,213 bytes');
    for (const command of ['Get-FileHash', 'shasum -a 256', 'sha256sum'])
      expect(page).toContain(`<code dir="ltr">${command} MHFA-2026-7K3QX2AB.pdf</code>`);
    expect(page).toMatch(/<div class="field" data-file-check="(0f){32}"[^>]* hidden>/);
    expect(page).toMatch(/<script type="module" src="\/assets\/file-check\.[0-9a-f]+\.js">/);
  });

  test('is kept out of search engines, and leads to the campaign, its rule, the JSON and other letters', () => {
    const page = letterProofPage(aLetterProof({ language: 'fr' }));
    expect(page).toContain('<meta name="robots" content="noindex">');
    for (const href of [
      '/c/mental-health-for-all?lang=fr',
      '/c/mental-health-for-all/count?lang=fr',
      '/letters/MHFA-2026-7K3QX2AB?format=json&amp;lang=fr',
      '/letters/MHFA-2026-7K3QX2AB?lang=ar',
    ])
      expect(page).toContain(`href="${href}"`);
    expect(page).toContain('<form class="find" method="get" action="/letters">');
  });

  test('says in which language the title of the campaign is, when it is in another', () => {
    const { campaign } = aLetterProof();
    const page = letterProofPage(aLetterProof({ language: 'ar', campaign: { ...campaign, language: 'fr' } }));
    expect(page).toContain('<html lang="ar" dir="rtl">');
    expect(page).toContain('lang="fr" dir="ltr">Mental health for all</a>');
  });

  test('has ids that are given once, and labels and headings for them', () => {
    const page = letterProofPage(aLetterProof({ language: 'ar' }));
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual([...new Set(ids)]);
    for (const [, id] of page.matchAll(/(?:aria-(?:labelledby|describedby)|for)="([^"]+)"/g))
      expect(ids).toContain(id);
  });

  test.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '{{constructor.constructor("alert(1)")()}}',
    '{count, plural, one {#} other {#}}',
    '#import "x": *; #eval("1") $x^2$ @ref <label>',
    '\u202Etxet desrever\u202C \u2066isolated',
    '</title></head><body>',
    '&lt;b&gt; &amp;',
  ])('prints %j in any name as it is', (name) => {
    const { campaign, office } = aLetterProof();
    const told = {
      campaign: { ...campaign, title: name },
      organisations: [name],
      office: { ...office, name },
    };
    const page = letterProofPage(aLetterProof(told));
    const usual = letterProofPage(
      aLetterProof({ ...told, campaign, organisations: ['usual'], office: { ...office, name: 'usual' } }),
    );
    expect(structureOf(page)).toEqual(structureOf(usual));
    expect(page.split(escaped(name))).toHaveLength(4);
  });
});

test('the page that asks for a number names its one field, and says what a number never has in it', () => {
  const page = findLetterPage('en');
  expect(page).toContain('<label for="number">Number of the letter</label>');
  expect(page).toContain('never I, L, O, U, 0 or 1');
});

function escaped(text: string): string {
  const signs: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? '');
}

/** Texts of the cells of the table, by its rows. */
function rowsOf(page: string): string[][] {
  const [, table = ''] = /<table class="both">(.*?)<\/table>/s.exec(page) ?? [];
  return [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    row
      .split(/<[^>]+>/)
      .map((text) => text.trim().replaceAll('\u00a0', ' '))
      .filter(Boolean),
  );
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { xssCorpus } from '../support/an-xss-corpus.ts';
import { aWordPress } from './a-wordpress.ts';

let wordpress: Awaited<ReturnType<typeof aWordPress>>;
beforeAll(async () => {
  wordpress = await aWordPress();
});
afterAll(() => wordpress.stop());

describe('the sites of the settings', () => {
  const kept: Array<[entered: unknown, kept: string[]]> = [
    ['https://act.example.org', ['https://act.example.org']],
    [
      ' https://act.example.org/ \r\n\r\nhttp://localhost:4000\n',
      ['https://act.example.org', 'http://localhost:4000'],
    ],
    ['HTTPS://Act.Example.org/c/clean-air?lang=fr#x', ['https://act.example.org']],
    ['https://act.example.org https://act.example.org/', ['https://act.example.org']],
    ['https://बदलाव.example http://[::1]:4000', ['https://बदलाव.example', 'http://[::1]:4000']],
    [['https://act.example.org'], ['https://act.example.org']],
    ['', []],
    [null, []],
    [[['https://act.example.org']], []],
  ];
  test.each(kept)('are kept as origins: %o', async (entered, origins) => {
    expect(await wordpress.see('setting', entered)).toMatchObject({ answer: origins, errors: [] });
  });

  const refused = [
    'act.example.org',
    'javascript:alert(1)',
    'ftp://act.example.org',
    'https://',
    'https://a"b.org',
  ];
  test.each([...refused, 'https://user:secret@act.example.org'])(
    'are not "%s", and the page says so',
    async (entered) => {
      const { answer, errors } = await wordpress.see('setting', `https://act.example.org\n${entered}`);
      expect(answer).toEqual(['https://act.example.org']);
      expect(errors).toEqual([expect.stringContaining('was left out: it is not the address of a site')]);
    },
  );

  test('are never markup: not what is kept, not in messages, not in the field', async () => {
    const { answer, errors } = await wordpress.see('setting', xssCorpus.join('\n'));
    expect(answer).toEqual([]);
    expect(errors.join('')).not.toMatch(/[<>"']/);
    const page = await wordpress.see('page', 'groundswell', { sites: [...xssCorpus] });
    expect(page.answer.match(/<\/?[a-z]\w*/g)?.map((tag) => tag.replace(/<\/?/, ''))).toEqual([
      'div',
      'h1',
      'h1',
      'form',
      'textarea',
      'textarea',
      'p',
      'p',
      'form',
      'div',
    ]);
  });
});

describe('the settings page', () => {
  test('is for administrators', async () => {
    const { pages } = await wordpress.see('shortcode', '');
    expect(pages['groundswell']).toMatchObject({ title: 'Groundswell', capability: 'manage_options' });
  });

  test('has one field, with an address a line', async () => {
    const { answer } = await wordpress.see('page', 'groundswell', {
      sites: ['https://a.example', 'https://b.example'],
    });
    expect(answer).toContain('>https://a.example\nhttps://b.example</textarea>');
    expect(answer).toContain('action="options.php" method="post"');
  });

  test('is a click away from the list of plugins', async () => {
    const { answer } = await wordpress.see('links', ['<a href="#">Deactivate</a>']);
    expect(answer).toEqual([
      '<a href="https://wordpress.example/wp-admin/options-general.php?page=groundswell">Settings</a>',
      '<a href="#">Deactivate</a>',
    ]);
  });
});

test.each([
  [false, { 1: [], 2: ['groundswell_sites'], 3: ['groundswell_sites'] }],
  [true, { 1: [], 2: [], 3: [] }],
])('uninstalling leaves nothing behind, also on a network (%s)', async (isNetwork, left) => {
  const { answer } = await wordpress.see('uninstall', null, {
    sites: ['https://act.example.org'],
    isNetwork,
  });
  const names = Object.entries(answer).map(([site, options]) => [site, Object.keys(options)]);
  expect(Object.fromEntries(names)).toEqual(left);
});

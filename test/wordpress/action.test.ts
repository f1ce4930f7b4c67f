import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { xssCorpus } from '../support/an-xss-corpus.ts';
import { type Attributes, aWordPress, type Circumstances } from './a-wordpress.ts';

const site = 'https://act.example.org';
const other = 'https://other.example.org';
const sites = [site, other];
const anEditor = { sites, capabilities: ['edit_posts'] };

/** All that there can be: the widget with a link in it, and before it a notice without markup. */
const harmless =
  /^(?:<span class="groundswell-notice" style="[^"<>]*">[^<>]*<\/span>)?(?:<groundswell-action(?: [a-z]+="[^"<>]*")+><a href="https:[^"<> ]*" lang="fr-FR">[^<>]*<\/a><noscript><style>[^<>]*<\/style><\/noscript><\/groundswell-action>)?$/;

let wordpress: Awaited<ReturnType<typeof aWordPress>>;
beforeAll(async () => {
  wordpress = await aWordPress();
});
afterAll(() => wordpress.stop());

const shortcode = (attributes: Attributes | '', circumstances: Circumstances = { sites }) =>
  wordpress.see('shortcode', attributes, circumstances);
const block = (attributes: Attributes, circumstances: Circumstances = { sites }) =>
  wordpress.see('block', attributes, circumstances);

describe('the shortcode', () => {
  test('is the widget of the campaign, and for readers without JavaScript a link to its page', async () => {
    const { answer } = await shortcode({ campaign: 'clean-air' });
    expect(answer).toBe(
      `<groundswell-action campaign="clean-air" api="${site}" style="display:block;min-height:960px">` +
        `<a href="${site}/c/clean-air?lang=fr-FR" lang="fr-FR">Take part on act.example.org</a>` +
        '<noscript><style>groundswell-action{min-height:0!important}</style></noscript></groundswell-action>',
    );
  });

  test('tells the widget and the link all that it was told', async () => {
    const told = { kind: 'pledge signature', lang: 'ar', partner: 'one', source: 'two', theme: 'dark' };
    const { answer } = await shortcode({ campaign: 'clean-air', ...told, site: other });
    for (const [name, value] of Object.entries(told)) expect(answer).toContain(` ${name}="${value}"`);
    expect(answer).toContain(` api="${other}"`);
    const query = 'lang=ar&amp;kind=pledge&amp;partner=one&amp;source=two';
    expect(answer).toContain(`href="${other}/c/clean-air?${query}"`);
  });

  test('knows a site by any address in it', async () => {
    const { answer } = await shortcode({
      campaign: 'clean-air',
      site: ' HTTPS://Other.Example.org/c/x?lang=fr ',
    });
    expect(answer).toContain(` api="${other}"`);
  });

  test('is translated', async () => {
    const translations = { 'Take part on %s': '<b>Participer</b> sur %s' };
    const { answer } = await shortcode({ campaign: 'clean-air' }, { sites, translations });
    expect(answer).toContain('&lt;b&gt;Participer&lt;/b&gt; sur act.example.org');
  });
});

describe('what cannot be', () => {
  const impossible = [
    { lang: 'french!' },
    { kind: 'letter' },
    { partner: 'Demo Network' },
    { source: '-' },
    { theme: 'purple' },
    { theme: 'dark\n' + 'x' },
  ];
  test.each(impossible)('is left out: %o', async (wrong) => {
    const [name] = Object.keys(wrong);
    const plain = await shortcode({ campaign: 'clean-air' });
    expect((await shortcode({ campaign: 'clean-air', ...wrong })).answer).toBe(plain.answer);
    const seen = await shortcode({ campaign: 'clean-air', ...wrong }, anEditor);
    expect(seen.answer).toContain(`The value of ${name}, `);
    expect(seen.answer).toContain(plain.answer);
  });

  const without: Array<[Attributes | '', string[], string]> = [
    ['', sites, 'Name the campaign'],
    [{ campaign: ' ' }, sites, 'Name the campaign'],
    [{ campaign: '../../evil' }, sites, 'The value of campaign, “../../evil”, is not possible'],
    [{ campaign: 'clean-air' }, [], 'An administrator has to enter the address'],
    [
      { campaign: 'clean-air', site: 'https://evil.example' },
      sites,
      'The site “https://evil.example” is not among',
    ],
    [{ campaign: 'clean-air', site: `${site}.evil.example` }, sites, 'is not among'],
    [{ campaign: 'clean-air', site: 'javascript:alert(1)' }, sites, 'is not among'],
    [{ campaign: 'clean-air', site: '//act.example.org' }, sites, 'is not among'],
  ];
  test.each(without)('shows visitors nothing, and editors why: %o', async (attributes, known, reason) => {
    const visited = await shortcode(attributes, { sites: known });
    expect(visited).toMatchObject({ answer: '', scripts: '' });
    const edited = await shortcode(attributes, { sites: known, capabilities: ['edit_posts'] });
    expect(edited).toMatchObject({ answer: expect.stringContaining(reason), scripts: '' });
  });

  test('is never markup, in whatever attribute of shortcode or block', async () => {
    const names = ['campaign', 'site', 'lang', 'kind', 'partner', 'source', 'theme', 'onclick', '0'];
    for (const hostile of [...xssCorpus, 'a\\', "a'b", 'clean-air\n', 'x\u0000y'])
      for (const name of names) {
        const attributes = { campaign: 'clean-air', [name]: hostile };
        expect((await shortcode(attributes, anEditor)).answer).toMatch(harmless);
        expect((await block(attributes)).answer).toMatch(harmless);
      }
  });

  test('of another type than text is left out', async () => {
    const { answer } = await block({ campaign: 'clean-air', theme: ['dark'], site: 5, lang: null });
    expect(answer).toBe((await shortcode({ campaign: 'clean-air' })).answer);
  });
});

describe('the script of the widget', () => {
  test('is a module, where there is a widget', async () => {
    const { scripts } = await shortcode({ campaign: 'clean-air' });
    expect(scripts).toMatch(
      /^<script type="module" src="https:\/\/act\.example\.org\/widget\.js"[^>]*><\/script>\n$/,
    );
  });

  test('is a module in a WordPress that knows only classic scripts, and other scripts stay as they are', async () => {
    const old = { sites, hasModules: false };
    const { scripts } = await shortcode({ campaign: 'clean-air', site: other }, old);
    expect(scripts).toBe(`<script type="module" src="${other}/widget.js"></script>\n`);
    const another = await wordpress.see('script', 'https://cdn.example/x.js', old);
    expect(another.scripts).toBe("<script src='https://cdn.example/x.js' id='other-js'></script>\n");
  });
});

test('the link of a campaign on a line of its own becomes a card, from each site of the settings', async () => {
  const { providers } = await shortcode('');
  expect(providers).toEqual(Object.fromEntries(sites.map((each) => [`${each}/c/*`, `${each}/oembed`])));
});

describe('the block', () => {
  test('is what the shortcode is', async () => {
    const told = { campaign: 'clean-air', kind: 'signature', lang: 'pt-BR', theme: 'light' };
    const [asBlock, asShortcode] = [await block(told), await shortcode(told)];
    expect(asBlock).toEqual(asShortcode);
    expect(asBlock.answer).toContain('<groundswell-action ');
  });

  test('is shown in the editor as the page for frames, without the script', async () => {
    const told = { campaign: 'clean-air', kind: 'pledge signature', theme: 'dark' };
    const { answer, scripts } = await block(told, { ...anEditor, isPreview: true });
    const src = `${site}/embed/clean-air?kind=pledge%20signature&amp;theme=dark&amp;lang=fr-FR`;
    expect(answer).toBe(
      `<iframe src="${src}" title="Preview of the campaign" style="display:block;width:100%;border:0;height:960px"></iframe>`,
    );
    expect(scripts).toBe('');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { html, toMarkup } from '../../web/pages/html.ts';
import { structureOf } from '../support/a-page.ts';

describe('html', () => {
  test('escapes text in content and in attributes', () => {
    const name = `<b class="x">O'Neill & co</b>`;
    expect(toMarkup(html`<p title="${name}">${name}</p>`)).toBe(
      '<p title="&lt;b class=&quot;x&quot;&gt;O&#39;Neill &amp; co&lt;/b&gt;">&lt;b class=&quot;x&quot;&gt;O&#39;Neill &amp; co&lt;/b&gt;</p>',
    );
  });

  test('passes markup through, joins lists, and leaves out what is not there', () => {
    const items = ['a', 'b'].map((item) => html`<li>${item}</li>`);
    expect(toMarkup(html`<ul>${items}${false}${null}${undefined}${0}</ul>`)).toBe(
      '<ul><li>a</li><li>b</li>0</ul>',
    );
  });

  test('takes nothing for markup that came as JSON', () => {
    const forged = JSON.parse('{"markup":"<script>","Symbol(markup)":"<script>"}');
    expect(toMarkup(html`<p>${forged}</p>`)).not.toContain('<script>');
  });

  test('no text adds an element or an attribute', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '=', ' ', 'a', '-', '!') }),
    );
    fc.assert(
      fc.property(text, text, (a, b) => {
        const page = toMarkup(html`<p title="${a}" lang="${b}">${b}${[a, b]}</p>`);
        expect(structureOf(page)).toEqual(['p title lang', 'p ']);
      }),
    );
  });
});

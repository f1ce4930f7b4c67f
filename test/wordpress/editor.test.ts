import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { pluginFolder } from './a-wordpress.ts';

const read = (path: string) => readFileSync(new URL(path, pluginFolder), 'utf8');
const block = JSON.parse(read('block/block.json'));

interface Element {
  type: unknown;
  props: Record<string, unknown>;
  children: unknown[];
}

interface Settings {
  edit(props: { attributes: object; setAttributes(changes: object): void }): Element;
  save(): null;
  transforms: { from: Array<{ type: string; tag: string; attributes: Record<string, Shortcode> }> };
}

interface Shortcode {
  shortcode(match: { named: Record<string, string> }): string;
}

/** Names stand for the editor's components, plain objects for React's elements. */
function registered(): [name: string, settings: Settings] {
  const register: unknown[] = [];
  const named = new Proxy({}, { get: (_, name) => name });
  const wp = {
    blocks: { registerBlockType: (...told: unknown[]) => register.push(...told) },
    blockEditor: { InspectorControls: 'InspectorControls', useBlockProps: () => ({}) },
    components: named,
    element: {
      createElement: (type: unknown, props: Element['props'] | null, ...children: unknown[]) => ({
        type,
        props: props ?? {},
        children,
      }),
      useState: (first: unknown) => [first, () => {}],
    },
    i18n: { __: (text: string) => text },
    serverSideRender: 'ServerSideRender',
  };
  runInNewContext(read('block/editor.js'), { window: { wp } });
  return register as [string, Settings];
}

const elementsIn = (node: unknown): Element[] =>
  Array.isArray(node)
    ? node.flatMap(elementsIn)
    : node !== null && typeof node === 'object' && 'children' in node
      ? [node as Element, ...elementsIn((node as Element).children)]
      : [];

const blank = Object.fromEntries(Object.keys(block.attributes).map((name) => [name, '']));

test('the editor has a field for each attribute of the block, and changes only that one', () => {
  const [name, { edit, save }] = registered();
  expect([name, save()]).toEqual([block.name, null]);
  const changes: object[] = [];
  const seen = edit({ attributes: blank, setAttributes: (change) => changes.push(change) });
  const fields = elementsIn(seen).filter(({ type }) => type === 'TextControl' || type === 'SelectControl');
  for (const { props } of fields) (props['onChange'] as (value: string) => void)('x');
  expect(changes.map((change) => Object.keys(change).join()).sort()).toEqual(
    Object.keys(block.attributes).sort(),
  );
});

test('the block is shown once it has a campaign; until then it asks for one', () => {
  const [, { edit }] = registered();
  const typesOf = (attributes: object) =>
    elementsIn(edit({ attributes, setAttributes: () => {} })).map(({ type }) => type);
  expect(typesOf({ ...blank, campaign: 'clean-air' })).toContain('ServerSideRender');
  expect(typesOf(blank)).not.toContain('ServerSideRender');
});

test('a pasted shortcode becomes the block, with all that it says', () => {
  const [, { transforms }] = registered();
  const [from] = transforms.from;
  expect(from).toMatchObject({ type: 'shortcode', tag: 'groundswell' });
  const named = { campaign: 'clean-air', theme: 'dark' };
  const attributes = Object.entries(from?.attributes ?? {}).map(([name, { shortcode }]) => [
    name,
    shortcode({ named }),
  ]);
  expect(Object.fromEntries(attributes)).toEqual({ ...blank, ...named });
});

test('what the editor script uses of WordPress is loaded before it', () => {
  const [, used = ''] = /\(\(\{(.*?)\}\) => \{/s.exec(read('block/editor.js')) ?? [];
  const words = used.split(',').map((word) => (word.split(':')[0] ?? '').trim());
  const scripts = words.map((word) => `wp-${word.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
  const [, listed = ''] = /'dependencies' => array\((.*?)\)/s.exec(read('block/editor.asset.php')) ?? [];
  expect([...listed.matchAll(/'([^']+)'/g)].map(([, script]) => script).sort()).toEqual(scripts.sort());
});

test('all files of the plugin say the same version, and what it needs', () => {
  const [plugin, readme, asset] = [
    read('groundswell.php'),
    read('readme.txt'),
    read('block/editor.asset.php'),
  ];
  const said = (text: string, name: string) => new RegExp(`${name}:\\s+(\\S+)`).exec(text)?.[1];
  const version = said(plugin, 'Version');
  expect([said(readme, 'Stable tag'), block.version, /'version'\s+=> '(.+?)'/.exec(asset)?.[1]]).toEqual([
    version,
    version,
    version,
  ]);
  for (const name of ['Requires at least', 'Requires PHP', 'License'])
    expect(said(readme, name)).toBe(said(plugin, name));
});

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getPHPLoaderModule } from '@php-wasm/node-7-4';
import { loadPHPRuntime, PHP } from '@php-wasm/universal';

export const pluginFolder = new URL('../../web/wordpress/groundswell/', import.meta.url);

/** Attributes of a shortcode or block, by name. */
export type Attributes = Record<string, unknown>;

/** The circumstances of a request. */
export interface Circumstances {
  /** Addresses in the settings. */
  sites?: string[];
  capabilities?: string[];
  /** Since WordPress 6.5. */
  hasModules?: boolean;
  /** The block editor asks. */
  isPreview?: boolean;
  isNetwork?: boolean;
  translations?: Record<string, string>;
}

interface Answer<A> {
  answer: A;
  /** `<script>` elements of the page. */
  scripts: string;
  blocks: Record<string, { attributes: Attributes }>;
  /** oEmbed endpoints by the addresses that they are asked about. */
  providers: Record<string, string>;
  pages: Record<string, { title: string; capability: string }>;
  /** Of the settings, as HTML. */
  errors: string[];
}

interface Asked {
  shortcode: string;
  block: string;
  page: string;
  setting: string[];
  links: string[];
  script: string;
  uninstall: Record<string, Record<string, unknown>>;
}

/** The plugin in PHP 7.4, the oldest that it promises to run on, with `wordpress.php` around it. */
export async function aWordPress() {
  const php = new PHP(await loadPHPRuntime(await getPHPLoaderModule()));
  const code = readFileSync(new URL('wordpress.php', import.meta.url), 'utf8');
  copyPlugin(php);

  return {
    /** What WordPress answers in a request of its own. An error or a warning of PHP is an error here. */
    async see<What extends keyof Asked>(what: What, value: unknown, circumstances: Circumstances = {}) {
      const body = JSON.stringify({ see: what, value, ...toAsked(circumstances) });
      const { exitCode, text, errors } = await php.run({ code, method: 'POST', body });
      if (exitCode !== 0) throw new Error(`PHP ended with ${exitCode}: ${text}${errors}`);
      return JSON.parse(text) as Answer<Asked[What]>;
    },
    stop: () => php.exit(),
  };
}

function copyPlugin(php: PHP): void {
  const from = fileURLToPath(pluginFolder);
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const copy = join('/plugins/groundswell', relative(from, path));
    php.mkdirTree(dirname(copy));
    if (entry.isFile()) php.writeFile(copy, readFileSync(path));
  }
}

function toAsked({ sites, ...others }: Circumstances) {
  return {
    options: { ...(sites && { groundswell_sites: sites }) },
    capabilities: [],
    hasModules: true,
    isPreview: false,
    isNetwork: false,
    ...others,
  };
}

import type { Page } from 'playwright-core';

/**
 * What no page of ours has, however its texts were typed: handlers in attributes, addresses that are scripts, scripts in
 * the page itself, and frames with a page in an attribute. In the page, its shadow roots and its templates; in words.
 *
 * @param sent Pages as they were sent, to be read as the browser reads them; without them, the page that is open.
 */
export function suspectsOn(page: Page, sent: string[] | null = null): Promise<string[]> {
  return page.evaluate(findSuspects, sent);
}

/** Runs in the page, so that all it needs is in it. */
function findSuspects(sent: string[] | null): string[] {
  const roots = sent?.map((html) => new DOMParser().parseFromString(html, 'text/html')) ?? [document];
  return roots.flatMap((root) => suspectsIn(root));

  function suspectsIn(root: ParentNode): string[] {
    return [...root.querySelectorAll('*')].flatMap((element) => [
      ...[...element.attributes]
        .filter(isSuspect)
        .map(({ name, value }) => `${element.localName} ${name}="${value}"`),
      ...(element.localName === 'script' && element.textContent ? [`script: ${element.textContent}`] : []),
      ...(element.shadowRoot ? suspectsIn(element.shadowRoot) : []),
      ...(element instanceof HTMLTemplateElement ? suspectsIn(element.content) : []),
    ]);
  }

  function isSuspect({ name, value }: Attr): boolean {
    const isAddress = /^(?:xlink:)?(?:href|src|action|formaction|data|srcset|poster|background)$/.test(name);
    // What browsers leave out of a scheme.
    const address = value.replace(/[^!-~]/g, '').toLowerCase();
    return /^on|^srcdoc$/.test(name) || (isAddress && /^(?:javascript|data|vbscript):/.test(address));
  }
}

import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe-core finds wrong, in words: the rule, and where. All rules of WCAG 2.2 A and AA and of best practice. On pages of
 * others that embed the widget only the part is looked at that is ours, and the rules of whole pages do not hold for it.
 *
 * @param within A selector; the whole page by default.
 */
export async function axeFindings(page: Page | Frame, within?: string): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(
    ({ context, options }) =>
      (window as unknown as { axe: typeof axe }).axe.run(context as axe.ElementContext, options),
    {
      context: within ? { include: [within] } : { include: [':root'] },
      options: {
        runOnly: { type: 'tag' as const, values: tags },
        resultTypes: ['violations' as const],
        ...(within && { rules: Object.fromEntries(rulesOfPages.map((rule) => [rule, { enabled: false }])) }),
      },
    },
  );
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, html, failureSummary = '' }) =>
        `${id}: ${help} (${target.join(' ')}) ${html} ${failureSummary}`,
    ),
  );
}

/** Landmarks and the main heading are the page's, which an embedded part neither has nor may repeat. */
const rulesOfPages = ['region', 'landmark-one-main', 'page-has-heading-one', 'bypass'];
